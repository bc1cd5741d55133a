package org.posthorn.sasl;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.account.Secret;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;

/**
 * DIGEST-MD5 (RFC 2831, historic by RFC 6331) with quality of protection “auth”. An empty realm is answered with an empty
 * realm: some servers have no other.
 */
final class DigestMd5Mechanism implements SaslMechanism {
    private static final Pattern DIRECTIVE =
            Pattern.compile("\\s*([A-Za-z-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,\\s]*))\\s*(?:,|$)");
    private static final String COUNT = "00000001";

    private final String authorizationId;
    private final String user;
    private final Secret password;
    private final String uri;
    private final String clientNonce;
    private String expected = "";
    private boolean proven;

    DigestMd5Mechanism(String authorizationId, String user, Secret password, SaslService service, String clientNonce) {
        this.authorizationId = authorizationId;
        this.user = user;
        this.password = password;
        this.uri = service.name() + "/" + service.host();
        this.clientNonce = clientNonce;
    }

    @Override
    public String name() {
        return "DIGEST-MD5";
    }

    @Override
    public Optional<byte[]> initialResponse() {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> respond(byte[] challenge) throws FailureException {
        Map<String, String> directives = directives(new String(challenge, StandardCharsets.UTF_8));
        if (expected.isEmpty()) {
            return Optional.of(answer(directives));
        }
        if (proven) {
            return Optional.empty();
        }
        String claimed = directives.getOrDefault("rspauth", "");
        if (!MessageDigest.isEqual(utf8(expected), utf8(claimed))) {
            throw new FailureException(new Failure.ServerNotProven(name()));
        }
        proven = true;
        return Optional.of(new byte[0]);
    }

    @Override
    public boolean serverIsProven() {
        return proven;
    }

    private byte[] answer(Map<String, String> challenge) throws FailureException {
        String nonce = challenge.get("nonce");
        if (nonce == null) {
            throw new FailureException(new Failure.ProtocolViolation(
                    Phase.LOGIN, "DIGEST-MD5: a challenge without a nonce", challenge.toString()));
        }
        String realm = challenge.getOrDefault("realm", "");
        boolean utf8 = "utf-8".equalsIgnoreCase(challenge.get("charset"));
        byte[] a1 = a1(realm, nonce, utf8);
        expected = response(a1, nonce, ":" + uri);
        Charset charset = utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        String names = (utf8 ? "charset=utf-8," : "") + "username=" + quoted(user) + ",realm=" + quoted(realm);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(names.getBytes(charset));
        answer.writeBytes(utf8(",nonce=" + quoted(nonce)
                + ",nc=" + COUNT
                + ",cnonce=" + quoted(clientNonce)
                + ",digest-uri=" + quoted(uri)
                + ",response=" + response(a1, nonce, "AUTHENTICATE:" + uri)
                + ",qop=auth"
                + (authorizationId.isEmpty() ? "" : ",authzid=" + quoted(authorizationId))));
        return answer.toByteArray();
    }

    private byte[] a1(String realm, String nonce, boolean utf8) {
        ByteArrayOutputStream a1 = new ByteArrayOutputStream();
        a1.writeBytes(md5(credentials(realm, utf8)));
        a1.writeBytes(utf8(":" + nonce + ":" + clientNonce));
        if (!authorizationId.isEmpty()) {
            a1.writeBytes(utf8(":" + authorizationId));
        }
        return a1.toByteArray();
    }

    private byte[] credentials(String realm, boolean utf8) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(bytes(user, utf8));
        joined.write(':');
        joined.writeBytes(bytes(realm, utf8));
        joined.write(':');
        joined.writeBytes(bytes(password.reveal(), utf8));
        return joined.toByteArray();
    }

    private String response(byte[] a1, String nonce, String a2) {
        String left = hex(md5(a1)) + ":" + nonce + ":" + COUNT + ":" + clientNonce + ":auth:";
        return hex(md5(utf8(left + hex(md5(utf8(a2))))));
    }

    /** What has every character in ISO 8859-1 is hashed so, whatever the charset, each of the three by itself (RFC 2831 §2.1.2.1). */
    private static byte[] bytes(String text, boolean utf8) {
        boolean latin = text.chars().allMatch(c -> c < 256);
        Charset charset = utf8 && !latin ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return text.getBytes(charset);
    }

    private static Map<String, String> directives(String text) {
        Map<String, String> directives = new LinkedHashMap<>();
        Matcher directive = DIRECTIVE.matcher(text);
        while (directive.find()) {
            String quoted = directive.group(2);
            String value = quoted == null ? directive.group(3) : quoted.replaceAll("\\\\(.)", "$1");
            directives.putIfAbsent(directive.group(1).toLowerCase(Locale.ROOT), value);
        }
        return directives;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static byte[] md5(byte[] input) {
        return Digests.digest("MD5", input);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
