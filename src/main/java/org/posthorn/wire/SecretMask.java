package org.posthorn.wire;

import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.posthorn.account.Secret;

/**
 * The last line of defence: hides known secrets wherever they stand in a text, as they are, quoted, in hexadecimal,
 * percent-encoded, or in Base64, there also as part of a longer blob, which is then hidden whole. Secrets shorter than
 * {@link #SHORTEST} characters would hide half of every line; for them the redactors of the protocols must do.
 */
public final class SecretMask {
    /** The fewest characters of a secret that is looked for. */
    public static final int SHORTEST = 4;

    private final String[] plain;
    private final String[] blobs;

    public SecretMask(Collection<Secret> secrets) {
        Set<String> asWritten = new LinkedHashSet<>();
        Set<String> inBlobs = new LinkedHashSet<>();
        for (Secret secret : secrets) {
            SecretForms forms = new SecretForms(secret.reveal(), SHORTEST);
            asWritten.addAll(forms.plain());
            inBlobs.addAll(forms.base64());
        }
        plain = asWritten.toArray(String[]::new);
        blobs = inBlobs.toArray(String[]::new);
    }

    /** A mask that knows no secret. */
    public static SecretMask none() {
        return new SecretMask(List.of());
    }

    /** The text with {@link Secret#DOTS} in place of each secret. */
    public String mask(String text) {
        if (plain.length == 0) {
            return text;
        }
        BitSet hidden = new BitSet();
        hide(text, hidden);
        if (text.indexOf('%') >= 0) {
            hideDecoded(PercentDecoded.of(text), hidden);
        }
        return hidden.isEmpty() ? text : dotted(text, hidden);
    }

    private void hideDecoded(PercentDecoded decoded, BitSet hidden) {
        BitSet found = new BitSet();
        hide(decoded.text(), found);
        found.stream().forEach(i -> hidden.set(decoded.start(i), decoded.start(i + 1)));
    }

    private void hide(String text, BitSet hidden) {
        for (String form : plain) {
            for (int i = text.indexOf(form); i >= 0; i = text.indexOf(form, i + 1)) {
                hidden.set(i, i + form.length());
            }
        }
        for (String form : blobs) {
            for (int i = text.indexOf(form); i >= 0; i = text.indexOf(form, i)) {
                int end = endOfBlob(text, i + form.length());
                hidden.set(startOfBlob(text, i), end);
                i = end;
            }
        }
    }

    private static int startOfBlob(String text, int inside) {
        int start = inside;
        while (start > 0 && isBase64(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static int endOfBlob(String text, int inside) {
        int end = inside;
        while (end < text.length() && (isBase64(text.charAt(end)) || text.charAt(end) == '=')) {
            end++;
        }
        return end;
    }

    /** Both alphabets of RFC 4648. */
    private static boolean isBase64(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '-'
                || c == '_';
    }

    private static String dotted(String text, BitSet hidden) {
        StringBuilder masked = new StringBuilder(text.length());
        int shown = 0;
        for (int i = hidden.nextSetBit(0); i >= 0; i = hidden.nextSetBit(shown)) {
            masked.append(text, shown, i).append(Secret.DOTS);
            shown = hidden.nextClearBit(i);
        }
        return masked.append(text, shown, text.length()).toString();
    }
}
