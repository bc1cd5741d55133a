package org.posthorn.client.smtp;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Doubles the dot that begins a line (RFC 5321 §4.5.2) and writes every line end as CRLF: a bare LF or CR before a dot would
 * end the message for some servers and not for others.
 */
final class DotStuffing extends FilterOutputStream {
    private boolean lineBegins = true;
    private boolean carriageReturn;

    DotStuffing(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        int octet = b & 0xff;
        if (carriageReturn && octet != '\n') {
            endLine();
        }
        carriageReturn = octet == '\r';
        if (octet == '\n') {
            endLine();
        } else if (octet != '\r') {
            if (lineBegins && octet == '.') {
                out.write('.');
            }
            out.write(octet);
            lineBegins = false;
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    private void endLine() throws IOException {
        out.write('\r');
        out.write('\n');
        lineBegins = true;
        carriageReturn = false;
    }

    /** Ends the message. A message that broke off must never come here, or its half would be delivered. */
    void end() throws IOException {
        if (carriageReturn || !lineBegins) {
            endLine();
        }
        out.write('.');
        endLine();
        out.flush();
    }
}
