package org.posthorn.ntlm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** MD4 (RFC 1320), which NTLM hashes passwords with and which Java does not offer. */
final class Md4 {
    private static final int BLOCK = 64;
    private static final int[][] SHIFTS = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
    private static final int[] CONSTANTS = {0, 0x5A827999, 0x6ED9EBA1};
    private static final int[][] ORDERS = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
        {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15},
        {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15}
    };

    private final int[] state = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476};

    private Md4() {}

    static byte[] digest(byte[] input) {
        ByteBuffer padded = padded(input);
        Md4 digest = new Md4();
        int[] words = new int[BLOCK / Integer.BYTES];
        while (padded.hasRemaining()) {
            for (int i = 0; i < words.length; i++) {
                words[i] = padded.getInt();
            }
            digest.update(words);
        }
        byte[] bytes = new byte[digest.state.length * Integer.BYTES];
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : digest.state) {
            out.putInt(word);
        }
        return bytes;
    }

    private static ByteBuffer padded(byte[] input) {
        int blocks = (input.length + 1 + Long.BYTES + BLOCK - 1) / BLOCK;
        ByteBuffer padded = ByteBuffer.allocate(blocks * BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        padded.put(input).put((byte) 0x80);
        padded.putLong(padded.capacity() - Long.BYTES, input.length * 8L);
        return padded.rewind();
    }

    private void update(int[] words) {
        int[] s = state.clone();
        for (int round = 0; round < 3; round++) {
            for (int step = 0; step < 16; step++) {
                int sum = s[0] + mixed(round, s[1], s[2], s[3]) + words[ORDERS[round][step]] + CONSTANTS[round];
                int rotated = Integer.rotateLeft(sum, SHIFTS[round][step % 4]);
                s[0] = s[3];
                s[3] = s[2];
                s[2] = s[1];
                s[1] = rotated;
            }
        }
        for (int i = 0; i < s.length; i++) {
            state[i] += s[i];
        }
    }

    private static int mixed(int round, int x, int y, int z) {
        return switch (round) {
            case 0 -> (x & y) | (~x & z);
            case 1 -> (x & y) | (x & z) | (y & z);
            default -> x ^ y ^ z;
        };
    }
}
