package org.posthorn.sasl;

/** The digests of the SCRAM family (RFC 5802, RFC 7677, draft-melnikov-scram-sha-512). */
enum ScramHash {
    SHA_1("SCRAM-SHA-1", "SHA-1", "HmacSHA1", 160),
    SHA_256("SCRAM-SHA-256", "SHA-256", "HmacSHA256", 256),
    SHA_512("SCRAM-SHA-512", "SHA-512", "HmacSHA512", 512);

    private final String mechanism;
    private final String digest;
    private final String hmac;
    private final int bits;

    ScramHash(String mechanism, String digest, String hmac, int bits) {
        this.mechanism = mechanism;
        this.digest = digest;
        this.hmac = hmac;
        this.bits = bits;
    }

    String mechanism() {
        return mechanism;
    }

    byte[] digest(byte[] input) {
        return Digests.digest(digest, input);
    }

    byte[] hmac(byte[] key, byte[] input) {
        return Digests.hmac(hmac, key, input);
    }

    byte[] saltedPassword(String password, byte[] salt, int iterations) {
        return Digests.pbkdf2(hmac, password, salt, iterations, bits);
    }
}
