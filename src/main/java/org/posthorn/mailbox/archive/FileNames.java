package org.posthorn.mailbox.archive;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Any name as one that every file system takes, and back: what is not a harmless ASCII character becomes a percent sign and two
 * hexadecimal digits for each byte of UTF-8. A tilde is never part of the result, so that it can set off a number behind it.
 */
final class FileNames {
    /** Those that Windows forbids, and what a shell or a URL makes something else of. */
    private static final String UNSAFE = "%/\\:*?\"<>|~";

    /** Names of devices in Windows, also with something behind a dot. */
    private static final Pattern RESERVED =
            Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?", Pattern.DOTALL);

    private FileNames() {}

    static String encode(String name) {
        StringBuilder encoded = new StringBuilder();
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        boolean reserved = RESERVED.matcher(name).matches();
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xff;
            boolean outside = b <= 0x20 || b >= 0x7f;
            boolean blankInside = b == ' ' && i > 0 && i < bytes.length - 1;
            boolean dotAtAnEnd = b == '.' && (i == 0 || i == bytes.length - 1);
            boolean unsafe = (outside && !blankInside) || UNSAFE.indexOf(b) >= 0 || dotAtAnEnd;
            if (unsafe || (reserved && i == 0)) {
                encoded.append(String.format(Locale.ROOT, "%%%02X", b));
            } else {
                encoded.append((char) b);
            }
        }
        return encoded.toString();
    }

    /** The name that was encoded. */
    static String decode(String encoded) {
        byte[] from = encoded.getBytes(StandardCharsets.UTF_8);
        byte[] to = new byte[from.length];
        int size = 0;
        for (int i = 0; i < from.length; i++) {
            int high = from[i] == '%' && i + 2 < from.length ? Character.digit(from[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(from[i + 2], 16);
            if (low < 0) {
                to[size++] = from[i];
            } else {
                to[size++] = (byte) (16 * high + low);
                i += 2;
            }
        }
        return new String(to, 0, size, StandardCharsets.UTF_8);
    }
}
