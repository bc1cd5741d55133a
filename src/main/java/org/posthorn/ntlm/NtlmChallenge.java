package org.posthorn.ntlm;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The server's CHALLENGE_MESSAGE ([MS-NLMP] §2.2.1.2). */
final class NtlmChallenge {
    static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);
    private static final int TYPE = 2;
    private static final int TARGET_INFO = 40;
    private static final int HAS_TARGET_INFO = 0x00800000;
    private static final int TIMESTAMP = 7;

    private final int flags;
    private final byte[] challenge;
    private final byte[] targetInfo;

    private NtlmChallenge(int flags, byte[] challenge, byte[] targetInfo) {
        this.flags = flags;
        this.challenge = challenge;
        this.targetInfo = targetInfo;
    }

    int flags() {
        return flags;
    }

    byte[] challenge() {
        return challenge;
    }

    /** What the server says of itself; empty from old servers. */
    byte[] targetInfo() {
        return targetInfo;
    }

    /** Absent when the bytes are none. */
    static Optional<NtlmChallenge> of(byte[] bytes) {
        ByteBuffer message = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            byte[] signature = new byte[SIGNATURE.length];
            message.get(signature);
            if (!Arrays.equals(signature, SIGNATURE) || message.getInt() != TYPE) {
                return Optional.empty();
            }
            message.position(20);
            int flags = message.getInt();
            byte[] challenge = new byte[8];
            message.get(challenge);
            return Optional.of(new NtlmChallenge(flags, challenge, targetInfo(flags, message)));
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    /** Without the flag, something else stands in its place (§2.2.2.5). */
    private static byte[] targetInfo(int flags, ByteBuffer message) {
        if ((flags & HAS_TARGET_INFO) == 0) {
            return new byte[0];
        }
        byte[] info = new byte[message.getShort(TARGET_INFO) & 0xFFFF];
        message.get(message.getInt(TARGET_INFO + 4), info);
        return info;
    }

    boolean isUnicode() {
        return (flags & NtlmExchange.UNICODE) != 0;
    }

    /** The server's clock in 100 ns since 1601, which then counts instead of ours (§3.1.5.1.2). */
    Optional<Long> timestamp() {
        ByteBuffer info = ByteBuffer.wrap(targetInfo).order(ByteOrder.LITTLE_ENDIAN);
        while (info.remaining() >= 4) {
            int kind = info.getShort() & 0xFFFF;
            int length = info.getShort() & 0xFFFF;
            if (kind == TIMESTAMP && length == Long.BYTES && info.remaining() >= length) {
                return Optional.of(info.getLong());
            }
            if (kind == 0 || length > info.remaining()) {
                return Optional.empty();
            }
            info.position(info.position() + length);
        }
        return Optional.empty();
    }
}
