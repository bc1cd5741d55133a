package org.posthorn.transport.proxy;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

/**
 * The status line and headers of an HTTP reply (RFC 9112).
 *
 * @param lines without their ends, the status line first
 */
record HttpHead(int status, List<String> lines) {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");
    private static final int LONGEST_BODY = 1024 * 1024;

    static HttpHead parse(String head) throws FailureException {
        List<String> lines = head.lines().filter(line -> !line.isEmpty()).toList();
        Matcher status = STATUS.matcher(lines.isEmpty() ? "" : lines.getFirst());
        if (!status.matches()) {
            throw new FailureException(
                    new Failure.ProxyMismatch("HTTP", "a reply that begins “" + String.join(" ", lines) + "”"));
        }
        return new HttpHead(Integer.parseInt(status.group(1)), lines);
    }

    String statusLine() {
        return lines.getFirst();
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Every value of a header, in order. */
    List<String> values(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return lines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    /** Whether another request may follow on this connection: it is kept, and the body's end is known. */
    boolean keepsConnection() {
        boolean closes = values("connection").stream().anyMatch("close"::equalsIgnoreCase)
                || values("proxy-connection").stream().anyMatch("close"::equalsIgnoreCase)
                || statusLine().startsWith("HTTP/1.0");
        return !closes && contentLength() >= 0;
    }

    /** The bytes of the body; −1 when they are not counted, or are more than anybody would wait for. */
    int contentLength() {
        List<String> lengths = values("content-length");
        boolean counted = lengths.size() == 1 && lengths.getFirst().matches("\\d{1,7}");
        int length = counted ? Integer.parseInt(lengths.getFirst()) : -1;
        return length > LONGEST_BODY ? -1 : length;
    }
}
