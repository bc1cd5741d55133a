package org.posthorn.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/** What one secret may look like in a text. */
final class SecretForms {
    private final int shortest;
    private final Set<String> plain = new LinkedHashSet<>();
    private final Set<String> base64 = new LinkedHashSet<>();

    SecretForms(String secret, int shortest) {
        this.shortest = shortest;
        add(secret);
        add(secret.strip());
        // Mechanisms that prepare strings (RFC 4013) send another normalization form than what was typed.
        add(Normalizer.normalize(secret, Normalizer.Form.NFC));
        add(Normalizer.normalize(secret, Normalizer.Form.NFKC));
        // A log holds lines, so a secret with line breaks can only stand there in parts.
        secret.lines().forEach(this::add);
    }

    /** To be looked for as they are. */
    Set<String> plain() {
        return plain;
    }

    /** To be looked for inside runs of Base64 characters. */
    Set<String> base64() {
        return base64;
    }

    private void add(String secret) {
        if (secret.length() < shortest) {
            return;
        }
        addWritten(secret);
        addWritten(secret.replace("\"", "\\\""));
        addWritten(secret.replace("\\", "\\\\").replace("\"", "\\\""));
        addWritten(secret.replace(' ', '+'));
        addBytes(secret.getBytes(UTF_8));
        if (ISO_8859_1.newEncoder().canEncode(secret)) {
            addBytes(secret.getBytes(ISO_8859_1));
        }
    }

    /** The secret as text, as a line of the wire before it is shown, and as one that is shown. */
    private void addWritten(String secret) {
        plain.add(secret);
        plain.add(WireText.show(secret));
        if (ISO_8859_1.newEncoder().canEncode(secret)) {
            byte[] bytes = secret.getBytes(ISO_8859_1);
            String decoded = WireText.decode(bytes, 0, bytes.length);
            plain.add(decoded);
            plain.add(WireText.show(decoded));
        }
    }

    private void addBytes(byte[] secret) {
        plain.add(HexFormat.of().formatHex(secret));
        plain.add(HexFormat.of().withUpperCase().formatHex(secret));
        for (int before = 0; before < 3; before++) {
            base64.add(core(Base64.getEncoder(), secret, before));
            base64.add(core(Base64.getUrlEncoder(), secret, before));
        }
    }

    /** The characters of a blob that depend on the secret alone when so many bytes, modulo 3, stand before it. */
    private static String core(Base64.Encoder encoder, byte[] secret, int before) {
        byte[] bytes = new byte[before + secret.length];
        System.arraycopy(secret, 0, bytes, before, secret.length);
        String encoded = encoder.withoutPadding().encodeToString(bytes);
        return encoded.substring((before * 8 + 5) / 6, bytes.length * 8 / 6);
    }
}
