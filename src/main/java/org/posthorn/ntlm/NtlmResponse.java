package org.posthorn.ntlm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two responses to a challenge of NTLM ([MS-NLMP] §3.3). The LAN Manager hash, from which passwords are read off, is in
 * neither version.
 */
final class NtlmResponse {
    private static final int CHALLENGE = 8;

    private final byte[] lanManager;
    private final byte[] nt;

    private NtlmResponse(byte[] lanManager, byte[] nt) {
        this.lanManager = lanManager;
        this.nt = nt;
    }

    byte[] lanManager() {
        return lanManager;
    }

    byte[] nt() {
        return nt;
    }

    static NtlmResponse v1(String password, byte[] serverChallenge) {
        byte[] response = des(ntHash(password), serverChallenge);
        return new NtlmResponse(response, response);
    }

    /**
     * NTLMv2.
     *
     * @param time in 100 ns since 1601
     * @param targetInfo what the server said of itself, sent back under the digest
     */
    static NtlmResponse v2(
            NtlmUser user,
            String password,
            byte[] serverChallenge,
            byte[] clientChallenge,
            long time,
            byte[] targetInfo) {
        byte[] key = ntHashV2(user, password);
        // What the server said is framed by four zero bytes on either side (§2.2.2.7).
        byte[] proven = littleEndian(32 + targetInfo.length)
                .put((byte) 1)
                .put((byte) 1)
                .position(8)
                .putLong(time)
                .put(clientChallenge)
                .putInt(0)
                .put(targetInfo)
                .array();
        byte[] proof = hmac(key, joined(serverChallenge, proven));
        byte[] lanManager = hmac(key, joined(serverChallenge, clientChallenge));
        return new NtlmResponse(joined(lanManager, clientChallenge), joined(proof, proven));
    }

    static byte[] ntHash(String password) {
        return Md4.digest(password.getBytes(StandardCharsets.UTF_16LE));
    }

    static byte[] ntHashV2(NtlmUser user, String password) {
        String name = user.name().toUpperCase(Locale.ROOT) + user.domain();
        return hmac(ntHash(password), name.getBytes(StandardCharsets.UTF_16LE));
    }

    /** The challenge under the hash cut into three keys (§6, DESL). */
    private static byte[] des(byte[] hash, byte[] challenge) {
        byte[] keys = Arrays.copyOf(hash, 21);
        ByteBuffer response = ByteBuffer.allocate(3 * CHALLENGE);
        for (int i = 0; i < keys.length; i += 7) {
            response.put(encrypted(key(Arrays.copyOfRange(keys, i, i + 7)), challenge));
        }
        return response.array();
    }

    private static byte[] encrypted(byte[] key, byte[] challenge) {
        try {
            Cipher cipher = Cipher.getInstance("DES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "DES"));
            return cipher.doFinal(challenge);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no DES", e);
        }
    }

    /** Seven bytes as eight of seven bits; the parity that follows them is not looked at. */
    private static byte[] key(byte[] seven) {
        long bits = ByteBuffer.allocate(8).put((byte) 0).put(seven).getLong(0);
        byte[] key = new byte[8];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) ((bits >>> (49 - 7 * i) & 0x7F) << 1);
        }
        return key;
    }

    private static byte[] joined(byte[] left, byte[] right) {
        return ByteBuffer.allocate(left.length + right.length)
                .put(left)
                .put(right)
                .array();
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] hmac(byte[] key, byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(key, "HmacMD5"));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacMD5", e);
        }
    }
}
