package org.posthorn.wire;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Splits the bytes of one direction in TLS records (RFC 8446 §5.1), and notices when they are none. */
final class RecordReader {
    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;

    /** Of bytes that are no record, so many are kept. */
    static final int MOST_KEPT = 512;

    private static final int HEARTBEAT = 24;
    private static final int HEADER = 5;

    /** RFC 5246 §6.2.3, which allows more than RFC 8446 does. */
    private static final int LONGEST_FRAGMENT = (1 << 14) + 2048;

    private final Records records;
    private final byte[] header = new byte[HEADER];
    private final ByteArrayOutputStream fragment = new ByteArrayOutputStream(0);
    private final ByteArrayOutputStream foreign = new ByteArrayOutputStream(0);
    private int headerSize;
    private int remaining;
    private boolean broken;
    private boolean recordSeen;

    RecordReader(Records records) {
        this.records = records;
    }

    /** Where the records go. */
    interface Records {
        /**
         * Takes a record.
         *
         * @param fragment its content; empty for application data, which is not kept
         */
        void record(int type, int length, byte[] fragment);

        /** Takes the first bytes of what is no record, each time there are more of them. */
        void foreign(byte[] bytes);
    }

    void feed(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (broken) {
                keepForeign(bytes, at, end - at);
                return;
            }
            at += headerSize < HEADER ? header(bytes[at]) : content(bytes, at, end - at);
        }
    }

    /** The first bytes, when they were no record. */
    Optional<byte[]> foreignFromTheStart() {
        return broken && !recordSeen ? Optional.of(foreign.toByteArray()) : Optional.empty();
    }

    private int header(byte next) {
        header[headerSize] = next;
        headerSize++;
        if (!isHeaderSoFar()) {
            broken = true;
            int size = headerSize;
            keepForeign(header, 0, size);
        } else if (headerSize == HEADER) {
            remaining = fragmentLength();
            finishWhenComplete();
        }
        return 1;
    }

    private boolean isHeaderSoFar() {
        return switch (headerSize) {
            case 1 -> header[0] >= CHANGE_CIPHER_SPEC && header[0] <= HEARTBEAT;
            case 2 -> header[1] == 3;
            case 3 -> header[2] >= 0 && header[2] <= 4;
            case HEADER -> fragmentLength() <= LONGEST_FRAGMENT;
            default -> true;
        };
    }

    private int content(byte[] bytes, int offset, int length) {
        int taken = Math.min(length, remaining);
        if (header[0] != APPLICATION_DATA) {
            fragment.write(bytes, offset, taken);
        }
        remaining -= taken;
        finishWhenComplete();
        return taken;
    }

    private void finishWhenComplete() {
        if (remaining > 0) {
            return;
        }
        headerSize = 0;
        recordSeen = true;
        byte[] content = fragment.toByteArray();
        fragment.reset();
        records.record(header[0], fragmentLength(), content);
    }

    private int fragmentLength() {
        return ((header[3] & 0xFF) << 8) | (header[4] & 0xFF);
    }

    private void keepForeign(byte[] bytes, int offset, int length) {
        int room = Math.min(length, MOST_KEPT - foreign.size());
        if (room > 0) {
            foreign.write(bytes, offset, room);
            records.foreign(foreign.toByteArray());
        }
    }
}
