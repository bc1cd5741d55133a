package org.posthorn.client.pop3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.posthorn.transport.Transport;

/** The lines behind a reply, byte for byte up to the one that is a dot, without stuffed dots (RFC 1939 §3). */
final class Unstuffing {
    /** Of one read; a line may be longer than any limit of lines. */
    private static final int PIECE = 8192;

    private boolean atLineStart = true;
    private boolean ended;

    boolean isEnded() {
        return ended;
    }

    /** The next bytes, about so many; fewer at the end. */
    byte[] next(Transport.Lines lines, int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!ended && bytes.size() < size) {
            take(lines.receivePiece(PIECE), bytes);
        }
        return bytes.toByteArray();
    }

    private void take(byte[] piece, ByteArrayOutputStream bytes) {
        boolean dot = atLineStart && piece[0] == '.';
        ended = dot && isEnd(piece);
        if (!ended) {
            int from = dot ? 1 : 0;
            bytes.write(piece, from, piece.length - from);
        }
        atLineStart = piece[piece.length - 1] == '\n';
    }

    private static boolean isEnd(byte[] piece) {
        return (piece.length == 2 && piece[1] == '\n') || (piece.length == 3 && piece[1] == '\r' && piece[2] == '\n');
    }
}
