package org.posthorn.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Bytes as text that can be redacted and then shown. A byte that is not UTF-8 becomes a lone low surrogate, U+DC80 to
 * U+DCFF, so that each text still says how many bytes it stands for; {@link #show} makes it and the control characters
 * visible.
 */
final class WireText {
    private static final char INVALID = 0xDC00;

    /** What Java makes of a byte that is not ASCII. */
    private static final char NO_ASCII = '\uFFFD';

    private WireText() {}

    static String decode(byte[] bytes, int offset, int length) {
        String ascii = new String(bytes, offset, length, StandardCharsets.US_ASCII);
        return ascii.indexOf(NO_ASCII) < 0 ? ascii : decodeNonAscii(bytes, offset, length);
    }

    private static String decodeNonAscii(byte[] bytes, int offset, int length) {
        StringBuilder text = new StringBuilder(length);
        int end = offset + length;
        int i = offset;
        while (i < end) {
            int size = sequence(bytes, i, end);
            if (size == 0) {
                text.append((char) (INVALID + (bytes[i] & 0xFF)));
                i++;
            } else if (size == 1) {
                text.append((char) bytes[i]);
                i++;
            } else {
                text.append(new String(bytes, i, size, StandardCharsets.UTF_8));
                i += size;
            }
        }
        return text.toString();
    }

    /** How many bytes a decoded text stands for. */
    static int bytes(String text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            count += bytesAt(text, i);
        }
        return count;
    }

    /** How many bytes a character of a decoded text stands for; of four, each half of a surrogate pair has two. */
    static int bytesAt(String text, int i) {
        char c = text.charAt(i);
        if (c < 0x80 || isInvalid(text, i)) {
            return 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }

    /** The first characters of a decoded text that stand for at least so many bytes, or all there are. */
    static String head(String text, long bytes) {
        long count = 0;
        int end = 0;
        while (end < text.length() && count < bytes) {
            count += bytesAt(text, end);
            end++;
        }
        return text.substring(0, end);
    }

    /** The text with everything escaped that is no visible character: {@code \r}, {@code \x93}, {@code \u202e}. */
    static String show(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (needsEscape(text.charAt(i))) {
                return escaped(text, i);
            }
        }
        return text;
    }

    private static String escaped(String text, int from) {
        StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isInvalid(text, i)) {
                shown.append(String.format(Locale.ROOT, "\\x%02x", c - INVALID));
            } else if (needsEscape(c) && !Character.isSurrogate(c)) {
                shown.append(escape(c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    private static String escape(char c) {
        return switch (c) {
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            case '\n' -> "\\n";
            default -> String.format(Locale.ROOT, c < 0x80 ? "\\x%02x" : "\\u%04x", (int) c);
        };
    }

    /** Control characters, and those that turn or break a line of text where it is shown. */
    private static boolean needsEscape(char c) {
        boolean visibleAscii = c >= ' ' && c <= '~';
        return !visibleAscii && isHiddenOrTurns(c);
    }

    private static boolean isHiddenOrTurns(char c) {
        return Character.isISOControl(c)
                || Character.isSurrogate(c)
                || c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    private static boolean isInvalid(String text, int i) {
        return Character.isLowSurrogate(text.charAt(i)) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    /** The length of the well-formed UTF-8 sequence at a place (RFC 3629 §4), 0 when there is none. */
    private static int sequence(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        int size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || at + size > end || !secondFits(lead, bytes[at + 1] & 0xFF)) {
            return 0;
        }
        for (int i = at + 2; i < at + size; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return size;
    }

    private static boolean secondFits(int lead, int second) {
        return switch (lead) {
            case 0xE0 -> second >= 0xA0 && second <= 0xBF;
            case 0xED -> second >= 0x80 && second <= 0x9F;
            case 0xF0 -> second >= 0x90 && second <= 0xBF;
            case 0xF4 -> second >= 0x80 && second <= 0x8F;
            default -> (second & 0xC0) == 0x80;
        };
    }
}
