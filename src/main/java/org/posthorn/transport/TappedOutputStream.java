package org.posthorn.transport;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Shows every byte that is written to a tap, before it is written. */
final class TappedOutputStream extends FilterOutputStream {
    private final TappedInputStream.Tap tap;

    TappedOutputStream(OutputStream out, TappedInputStream.Tap tap) {
        super(out);
        this.tap = tap;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        tap.bytes(bytes, offset, length);
        out.write(bytes, offset, length);
    }
}
