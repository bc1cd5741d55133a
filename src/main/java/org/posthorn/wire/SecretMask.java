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

    private volatile Forms forms = new Forms(List.of(), List.of(), Set.of());

    /** What is looked for, as it is and inside runs of Base64 characters; and every secret, those too short for it as well. */
    private record Forms(List<String> plain, List<String> blobs, Set<Secret> secrets) {}

    public SecretMask(Collection<Secret> secrets) {
        hide(secrets);
    }

    /** From here on hides these too, for example a token that has just been obtained. */
    public synchronized void hide(Collection<Secret> secrets) {
        Set<String> asWritten = new LinkedHashSet<>(forms.plain());
        Set<String> inBlobs = new LinkedHashSet<>(forms.blobs());
        Set<Secret> all = new LinkedHashSet<>(forms.secrets());
        for (Secret secret : secrets) {
            all.add(secret);
            SecretForms more = new SecretForms(secret.reveal(), SHORTEST);
            asWritten.addAll(more.plain());
            inBlobs.addAll(more.base64());
        }
        forms = new Forms(List.copyOf(asWritten), List.copyOf(inBlobs), Set.copyOf(all));
    }

    /** Whether a text holds a secret, or is one of any length. */
    public boolean isSecret(String text) {
        return forms.secrets().contains(Secret.of(text)) || !mask(text).equals(text);
    }

    /** A mask that knows no secret. */
    public static SecretMask none() {
        return new SecretMask(List.of());
    }

    /** The text with {@link Secret#DOTS} in place of each secret. */
    public String mask(String text) {
        Forms known = forms;
        if (known.plain().isEmpty()) {
            return text;
        }
        BitSet hidden = new BitSet();
        hide(known, text, hidden);
        if (text.indexOf('%') >= 0) {
            hideDecoded(known, PercentDecoded.of(text), hidden);
        }
        return hidden.isEmpty() ? text : dotted(text, hidden);
    }

    private static void hideDecoded(Forms known, PercentDecoded decoded, BitSet hidden) {
        BitSet found = new BitSet();
        hide(known, decoded.text(), found);
        found.stream().forEach(i -> hidden.set(decoded.start(i), decoded.start(i + 1)));
    }

    private static void hide(Forms known, String text, BitSet hidden) {
        for (String form : known.plain()) {
            for (int i = text.indexOf(form); i >= 0; i = text.indexOf(form, i + 1)) {
                hidden.set(i, i + form.length());
            }
        }
        for (String form : known.blobs()) {
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
