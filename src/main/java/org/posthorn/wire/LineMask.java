package org.posthorn.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import org.posthorn.account.Secret;

/**
 * Hides known secrets in the lines of one connection, and what was hidden lately in the client's lines wherever the server
 * repeats it, as many do with a command they do not know.
 */
final class LineMask {
    /** Shorter words would hide words of the server's own. */
    private static final int SHORTEST_WORD = 8;

    private static final int MOST_WORDS = 4;

    private final SecretMask secrets;
    private final Deque<String> hidden = new ArrayDeque<>();

    LineMask(SecretMask secrets) {
        this.secrets = secrets;
    }

    /** A line of the client, as it was sent and as its redactor shows it. */
    String sent(String line, String shown) {
        if (!line.equals(shown)) {
            for (String word : line.split("\\s+", -1)) {
                remember(word, shown);
            }
        }
        return secrets.mask(shown);
    }

    /** A line of the server, or a remark that may quote it. */
    String received(String text) {
        String masked = text;
        for (String word : hidden) {
            masked = masked.replace(word, Secret.DOTS);
        }
        return secrets.mask(masked);
    }

    private void remember(String word, String shown) {
        if (word.length() < SHORTEST_WORD || shown.contains(word)) {
            return;
        }
        if (hidden.size() == MOST_WORDS) {
            hidden.removeFirst();
        }
        hidden.addLast(word);
    }
}
