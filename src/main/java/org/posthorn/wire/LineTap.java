package org.posthorn.wire;

import java.util.function.Supplier;
import org.posthorn.timeline.Phase;

/**
 * Puts the lines of one connection into the log, above TLS: splits the bytes of both directions in lines, redacts them and
 * appends them in the order of the calls. Safe for one reading and one writing thread.
 */
public final class LineTap implements ByteTap {
    /** Characters that are shown of a line that was too long to be kept; well below what is kept and redacted of it. */
    private static final int MOST_SHOWN = 64 * 1024;

    private final WireLog log;
    private final int connection;
    private final Redactor redactor;
    private final Supplier<Phase> phase;
    private final LineSplitter client = new LineSplitter();
    private final LineSplitter server = new LineSplitter();

    public LineTap(WireLog log, int connection, Redactor redactor, Supplier<Phase> phase) {
        this.log = log;
        this.connection = connection;
        this.redactor = redactor;
        this.phase = phase;
    }

    @Override
    public synchronized void sent(byte[] bytes, int offset, int length) {
        client.feed(bytes, offset, length, this::clientLine);
    }

    @Override
    public synchronized void received(byte[] bytes, int offset, int length) {
        server.feed(bytes, offset, length, this::serverLine);
    }

    @Override
    public synchronized void note(String text) {
        append(Direction.STATE, redactor.note(text));
    }

    /** What is left of a line without an end goes into the log. */
    @Override
    public synchronized void flush() {
        client.flush(this::clientLine);
        server.flush(this::serverLine);
    }

    private void clientLine(String line, int length) {
        append(Direction.CLIENT, cut(redactor.client(line, length), length));
    }

    private void serverLine(String line, int length) {
        append(Direction.SERVER, cut(redactor.server(line, length), length));
    }

    private static String cut(String text, int length) {
        return length > LineSplitter.MOST_KEPT && text.length() > MOST_SHOWN
                ? text.substring(0, MOST_SHOWN) + " … (" + length + " bytes)"
                : text;
    }

    private void append(Direction direction, String text) {
        log.append(connection, direction, phase.get(), WireText.show(text));
    }
}
