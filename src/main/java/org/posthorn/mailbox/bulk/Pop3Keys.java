package org.posthorn.mailbox.bulk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lists of UIDL and LIST. A key is a digest of the server's name for a message: short, and fit for a file's name. */
final class Pop3Keys {
    private static final Pattern LINE = Pattern.compile("(\\d{1,9}) +(\\S+).*");

    /** Letters of a key: 128 bits. */
    private static final int LENGTH = 32;

    private Pop3Keys() {}

    /** The number of each message by its key. Two messages to which a server gives one name get two keys. */
    static SequencedMap<String, Integer> of(List<String> uidl) {
        SequencedMap<String, Integer> numbers = new LinkedHashMap<>();
        Map<String, Integer> occurrences = new HashMap<>();
        for (String line : uidl) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                int occurrence = occurrences.merge(matcher.group(2), 1, Integer::sum);
                numbers.put(key(matcher.group(2), occurrence), Integer.valueOf(matcher.group(1)));
            }
        }
        return numbers;
    }

    static String key(String name, int occurrence) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((occurrence + " " + name).getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(digest).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The size of each message by its number. */
    static Map<Integer, Long> sizes(List<String> list) {
        Map<Integer, Long> sizes = new HashMap<>();
        for (String line : list) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && matcher.group(2).matches("\\d{1,18}")) {
                sizes.put(Integer.valueOf(matcher.group(1)), Long.valueOf(matcher.group(2)));
            }
        }
        return sizes;
    }
}
