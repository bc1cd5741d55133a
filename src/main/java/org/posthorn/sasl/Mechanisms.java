package org.posthorn.sasl;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.account.Login;

/** The SASL mechanisms that exist here, in the order in which they are preferred. */
public final class Mechanisms {
    /**
     * Those that every server can check first: a server that stores hashed passwords offers, and then fails, mechanisms
     * that need them in the clear. EXTERNAL and ANONYMOUS use no password and are taken only when they are chosen.
     */
    private static final List<String> BY_PREFERENCE =
            List.of("PLAIN", "LOGIN", "SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1", "DIGEST-MD5", "CRAM-MD5");

    private static final List<String> ONLY_CHOSEN = List.of("EXTERNAL", "ANONYMOUS");
    private static final int NONCE_BYTES = 18;

    private final SaslService service;
    private final SecureRandom random;

    public Mechanisms(SaslService service, SecureRandom random) {
        this.service = service;
        this.random = random;
    }

    /** Those for a password, in the order of preference. */
    public static List<String> byPreference() {
        return BY_PREFERENCE;
    }

    /** Every name that can be chosen. */
    public static List<String> names() {
        return Stream.concat(BY_PREFERENCE.stream(), ONLY_CHOSEN.stream()).toList();
    }

    /** The mechanism of a name, whatever its case; absent when there is none of that name. */
    public Optional<SaslMechanism> create(String name, Login.Password login) {
        String mechanism = name.toUpperCase(Locale.ROOT);
        return Optional.ofNullable(
                switch (mechanism) {
                    case "PLAIN" -> new PlainMechanism(login.user(), login.password());
                    case "LOGIN" -> new LoginMechanism(login.user(), login.password());
                    case "CRAM-MD5" -> new CramMd5Mechanism(login.user(), login.password());
                    case "DIGEST-MD5" -> new DigestMd5Mechanism(login.user(), login.password(), service, nonce());
                    case "SCRAM-SHA-1" -> scram(ScramHash.SHA_1, login);
                    case "SCRAM-SHA-256" -> scram(ScramHash.SHA_256, login);
                    case "SCRAM-SHA-512" -> scram(ScramHash.SHA_512, login);
                    case "EXTERNAL", "ANONYMOUS" -> new SingleMessageMechanism(mechanism, login.user());
                    default -> null;
                });
    }

    private SaslMechanism scram(ScramHash hash, Login.Password login) {
        return new ScramMechanism(hash, login.user(), login.password(), nonce());
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
