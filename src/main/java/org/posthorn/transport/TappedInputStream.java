package org.posthorn.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Shows every byte that is read to a tap. */
final class TappedInputStream extends FilterInputStream {
    private final Tap tap;

    /** Where the bytes are shown. */
    interface Tap {
        void bytes(byte[] bytes, int offset, int length);
    }

    TappedInputStream(InputStream in, Tap tap) {
        super(in);
        this.tap = tap;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read > 0) {
            tap.bytes(bytes, offset, read);
        }
        return read;
    }
}
