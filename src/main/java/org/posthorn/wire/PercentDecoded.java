package org.posthorn.wire;

/** A text with its percent-encoding (RFC 3986 §2.1) undone, which knows where in the original each character stood. */
final class PercentDecoded {
    private final StringBuilder text;
    private final int[] starts;

    private PercentDecoded(String original) {
        text = new StringBuilder(original.length());
        starts = new int[original.length() + 1];
        int at = 0;
        while (at < original.length()) {
            int end = endOfTriplets(original, at);
            if (end > at) {
                addTriplets(original, at, end);
                at = end;
            } else {
                add(original.charAt(at), at);
                at++;
            }
        }
        starts[text.length()] = original.length();
    }

    static PercentDecoded of(String original) {
        return new PercentDecoded(original);
    }

    String text() {
        return text.toString();
    }

    /** Where in the original a character of the decoded text begins; for its length, where the original ends. */
    int start(int index) {
        return starts[index];
    }

    private void addTriplets(String original, int from, int end) {
        byte[] bytes = new byte[(end - from) / 3];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(original, from + 3 * i + 1, from + 3 * i + 3, 16);
        }
        String decoded = WireText.decode(bytes, 0, bytes.length);
        int start = from;
        for (int i = 0; i < decoded.length(); i++) {
            add(decoded.charAt(i), start);
            start += 3 * WireText.bytesAt(decoded, i);
        }
    }

    private void add(char c, int start) {
        starts[text.length()] = start;
        text.append(c);
    }

    private static int endOfTriplets(String original, int from) {
        int end = from;
        while (end + 2 < original.length()
                && original.charAt(end) == '%'
                && isHex(original.charAt(end + 1))
                && isHex(original.charAt(end + 2))) {
            end += 3;
        }
        return end;
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
