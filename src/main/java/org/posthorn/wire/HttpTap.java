package org.posthorn.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.posthorn.timeline.Phase;

/**
 * Puts the HTTP messages of one connection into the log, heads by the line and bodies once they are whole: the value that
 * must be hidden may come in another chunk than its name. Bytes on their way are therefore not logged.
 */
public final class HttpTap implements ByteTap {
    /** Characters of a body that are shown; the answers of token endpoints are far shorter. */
    private static final int MOST_SHOWN = 4096;

    private final WireLog log;
    private final int connection;
    private final SecretMask mask;
    private final Supplier<Phase> phase;

    public HttpTap(WireLog log, int connection, SecretMask mask, Supplier<Phase> phase) {
        this.log = log;
        this.connection = connection;
        this.mask = mask;
        this.phase = phase;
    }

    @Override
    public void sent(byte[] bytes, int offset, int length) {
        // Logged as a message.
    }

    @Override
    public void received(byte[] bytes, int offset, int length) {
        // Logged as a message.
    }

    /** A request: its first line, its fields, its body. */
    public void request(List<String> head, String contentType, byte[] body) {
        append(Direction.CLIENT, HttpRedaction.startLine(head.getFirst()));
        head.stream().skip(1).forEach(field -> append(Direction.CLIENT, HttpRedaction.field(field)));
        body(Direction.CLIENT, contentType, body);
    }

    /** A line of the head of a response. */
    public void responseLine(String line, boolean first) {
        append(Direction.SERVER, first ? line : HttpRedaction.field(line));
    }

    /** The body of a response, or as much of it as came. */
    public void responseBody(String contentType, byte[] body) {
        body(Direction.SERVER, contentType, body);
    }

    @Override
    public void note(String text) {
        append(Direction.STATE, text);
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    private void body(Direction direction, String contentType, byte[] body) {
        if (body.length == 0) {
            return;
        }
        if (!HttpRedaction.isText(contentType)) {
            append(direction, "(" + body.length + " bytes of " + contentType + ")");
            return;
        }
        String shown = HttpRedaction.body(contentType, new String(body, StandardCharsets.UTF_8));
        String cut =
                shown.length() > MOST_SHOWN ? shown.substring(0, MOST_SHOWN) + " … (" + body.length + " bytes)" : shown;
        cut.lines().filter(line -> !line.isBlank()).forEach(line -> append(direction, line));
    }

    private void append(Direction direction, String text) {
        log.append(connection, direction, phase.get(), WireText.show(mask.mask(text)));
    }
}
