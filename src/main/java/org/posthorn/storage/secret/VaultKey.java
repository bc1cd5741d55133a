package org.posthorn.storage.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.posthorn.account.Secret;

/**
 * The key that a passphrase makes with one salt and one cost.
 *
 * <p>The check tells a wrong passphrase from a damaged file: it is an HMAC of fixed words, which says nothing of the key.
 */
final class VaultKey {
    static final int NONCE = 12;
    private static final int SALT = 16;
    private static final int KEY = 32;
    private static final int TAG_BITS = 128;

    private final VaultCost cost;
    private final byte[] salt;
    private final byte[] key;

    private VaultKey(VaultCost cost, byte[] salt, byte[] key) {
        this.cost = cost;
        this.salt = salt;
        this.key = key;
    }

    static VaultKey fresh(Secret passphrase, VaultCost cost) {
        return of(passphrase, cost, random(SALT));
    }

    /** The same for one passphrase however its letters are composed (NFC). */
    static VaultKey of(Secret passphrase, VaultCost cost, byte[] salt) {
        byte[] words =
                Normalizer.normalize(passphrase.reveal(), Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memory())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] key = new byte[KEY];
        argon2.generateBytes(words, key);
        Arrays.fill(words, (byte) 0);
        return new VaultKey(cost, salt.clone(), key);
    }

    static byte[] random(int bytes) {
        byte[] drawn = new byte[bytes];
        new SecureRandom().nextBytes(drawn);
        return drawn;
    }

    VaultCost cost() {
        return cost;
    }

    byte[] salt() {
        return salt.clone();
    }

    byte[] check() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal("Posthorn vault".getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    byte[] encrypt(byte[] nonce, byte[] content) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** The content; empty when it or what stands around it is not what was encrypted. */
    Optional<byte[]> decrypt(byte[] nonce, byte[] encrypted) {
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, nonce).doFinal(encrypted));
        } catch (AEADBadTagException _) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header());
        return cipher;
    }

    /** The header is no secret and still cannot be changed. */
    private byte[] header() {
        String words = "Posthorn vault 1 argon2id " + cost.memory() + " " + cost.passes() + " " + cost.lanes() + " "
                + HexFormat.of().formatHex(salt);
        return words.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return Secret.DOTS;
    }
}
