package org.posthorn.mailbox.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Puts one more {@code >} before each line that would begin the next message: the variant mboxrd, which can be undone. */
final class QuotedFrom extends OutputStream {
    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;

    /** How many letters of From this line began with; negative once it is clear that it does not. */
    private int matched;

    /** How often {@code >} stood before them. */
    private long quotes;

    private int last = '\n';

    QuotedFrom(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        last = b & 0xff;
        if (matched == 0 && last == '>') {
            quotes++;
        } else if (matched >= 0 && last == FROM[matched]) {
            matched++;
            if (matched == FROM.length) {
                out.write('>');
                giveOut();
            }
        } else {
            if (matched >= 0) {
                giveOut();
            }
            out.write(last);
            matched = last == '\n' ? 0 : -1;
        }
    }

    /** Lines that cannot begin with From pass in one go; most of a message does. */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        for (int at = offset; at < end; ) {
            int plain = matched < 0 ? endOfPlain(bytes, at, end) : at;
            if (plain > at) {
                out.write(bytes, at, plain - at);
                last = bytes[plain - 1] & 0xff;
                matched = last == '\n' ? 0 : -1;
                at = plain;
            } else {
                write(bytes[at++]);
            }
        }
    }

    /** Where, behind the rest of a line, the next line begins that may have to be quoted. */
    private static int endOfPlain(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && (bytes[at] != '\n' || (at + 1 < end && bytes[at + 1] != '>' && bytes[at + 1] != FROM[0]))) {
            at++;
        }
        return Math.min(end, at + 1);
    }

    /** Writes what was held back. */
    private void giveOut() throws IOException {
        for (; quotes > 0; quotes--) {
            out.write('>');
        }
        out.write(FROM, 0, matched);
        matched = -1;
    }

    /** Ends the message by an empty line; nothing may be written then. */
    void end() throws IOException {
        if (matched >= 0) {
            giveOut();
        }
        if (last != '\n') {
            out.write('\n');
        }
        out.write('\n');
    }
}
