package org.posthorn.sasl;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The digests of the mechanisms; every one of them is required of, or always present in, a Java runtime. */
final class Digests {
    private Digests() {}

    static byte[] digest(String algorithm, byte[] input) {
        try {
            return MessageDigest.getInstance(algorithm).digest(input);
        } catch (GeneralSecurityException e) {
            throw missing(algorithm, e);
        }
    }

    static byte[] hmac(String algorithm, byte[] key, byte[] input) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            // An empty key is allowed by RFC 2104 and refused by SecretKeySpec; a zero byte is padded to the same key.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw missing(algorithm, e);
        }
    }

    /** PBKDF2 (RFC 8018 §5.2) with the password in UTF-8; as many bits as the digest has. */
    static byte[] pbkdf2(String hmac, String password, byte[] salt, int iterations, int bits) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, bits);
        try {
            return SecretKeyFactory.getInstance("PBKDF2With" + hmac)
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw missing(hmac, e);
        } finally {
            spec.clearPassword();
        }
    }

    private static IllegalStateException missing(String algorithm, GeneralSecurityException cause) {
        return new IllegalStateException("this Java runtime has no " + algorithm, cause);
    }
}
