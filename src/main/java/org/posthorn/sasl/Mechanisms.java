package org.posthorn.sasl;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

    /** Both carry the same token; XOAUTH2 is the one that the large providers document and run. */
    private static final List<String> FOR_TOKENS = List.of("XOAUTH2", "OAUTHBEARER");

    private static final Set<String> WITH_AUTHORIZATION_ID =
            Set.of("PLAIN", "SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1", "DIGEST-MD5", "EXTERNAL", "OAUTHBEARER");
    private static final int NONCE_BYTES = 18;

    private final SaslService service;
    private final SecureRandom random;

    public Mechanisms(SaslService service, SecureRandom random) {
        this.service = service;
        this.random = random;
    }

    /** Those to be taken by themselves, in the order of preference. */
    public static List<String> byPreference(Login.Credentials login) {
        return switch (login) {
            case Login.Password _ -> BY_PREFERENCE;
            case Login.AccessToken _ -> FOR_TOKENS;
        };
    }

    /** Every name that can be chosen with such credentials. */
    public static List<String> names(Login.Credentials login) {
        return switch (login) {
            case Login.Password _ ->
                Stream.concat(BY_PREFERENCE.stream(), ONLY_CHOSEN.stream()).toList();
            case Login.AccessToken _ -> FOR_TOKENS;
        };
    }

    /** Whether a mechanism can ask to act as somebody else than who logs in. */
    public static boolean carriesAuthorizationId(String name) {
        return WITH_AUTHORIZATION_ID.contains(name);
    }

    /** The mechanism of a name, whatever its case; absent when there is none of that name for such credentials. */
    public Optional<SaslMechanism> create(String name, Login.Credentials login) {
        return switch (login) {
            case Login.Password password -> create(name, password);
            case Login.AccessToken token -> create(name, token);
        };
    }

    private Optional<SaslMechanism> create(String name, Login.AccessToken login) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "XOAUTH2" -> Optional.of(BearerMechanism.xoauth2(login.user(), login.token()));
            case "OAUTHBEARER" ->
                Optional.of(BearerMechanism.oauthbearer(
                        login.sasl().authorizationId().orElse(login.user()), login.token(), service));
            default -> Optional.empty();
        };
    }

    private Optional<SaslMechanism> create(String name, Login.Password login) {
        String mechanism = name.toUpperCase(Locale.ROOT);
        return Optional.ofNullable(
                switch (mechanism) {
                    case "PLAIN" -> new PlainMechanism(identity(login), login.user(), login.password());
                    case "LOGIN" -> new LoginMechanism(login.user(), login.password());
                    case "CRAM-MD5" -> new CramMd5Mechanism(login.user(), login.password());
                    case "DIGEST-MD5" ->
                        new DigestMd5Mechanism(identity(login), login.user(), login.password(), service, nonce());
                    case "SCRAM-SHA-1" -> scram(ScramHash.SHA_1, login);
                    case "SCRAM-SHA-256" -> scram(ScramHash.SHA_256, login);
                    case "SCRAM-SHA-512" -> scram(ScramHash.SHA_512, login);
                    case "EXTERNAL", "ANONYMOUS" ->
                        new SingleMessageMechanism(
                                mechanism, login.sasl().authorizationId().orElse(login.user()));
                    default -> null;
                });
    }

    private SaslMechanism scram(ScramHash hash, Login.Password login) {
        return new ScramMechanism(hash, identity(login), login.user(), login.password(), nonce());
    }

    private static String identity(Login.Credentials login) {
        return login.sasl().authorizationId().orElse("");
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
