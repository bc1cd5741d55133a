package org.posthorn.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.posthorn.account.Secret;

/**
 * The proof that whoever redeems a code is whoever asked for it (RFC 7636).
 *
 * @param verifier sent with the code
 * @param challenge its SHA-256, sent ahead
 */
record Pkce(Secret verifier, String challenge) {
    private static final int VERIFIER_BYTES = 32;

    static Pkce of(SecureRandom random) {
        return of(random(random, VERIFIER_BYTES));
    }

    static Pkce of(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return new Pkce(
                    Secret.of(verifier), Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** So many random bytes as characters that need no encoding in a URI. */
    static String random(SecureRandom random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
