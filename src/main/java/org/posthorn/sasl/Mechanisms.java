package org.posthorn.sasl;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.posthorn.account.Login;
import org.posthorn.ntlm.NtlmExchange;
import org.posthorn.ntlm.NtlmVersion;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.tls.ChannelBinding;

/** The SASL mechanisms that exist here, in the order in which they are preferred. */
public final class Mechanisms {
    /**
     * Those that every server can check first: a server that stores hashed passwords offers, and then fails, mechanisms
     * that need them in the clear. EXTERNAL and ANONYMOUS use no password and are taken only when they are chosen.
     */
    private static final List<String> BY_PREFERENCE = List.of(
            "PLAIN",
            "LOGIN",
            "SCRAM-SHA-512-PLUS",
            "SCRAM-SHA-512",
            "SCRAM-SHA-256-PLUS",
            "SCRAM-SHA-256",
            "SCRAM-SHA-1-PLUS",
            "SCRAM-SHA-1",
            "DIGEST-MD5",
            "CRAM-MD5",
            "NTLM");

    /** No name of SASL's: NTLM by its first version, for servers that know no other. */
    private static final String NTLM_V1 = "NTLM-V1";

    private static final List<String> ONLY_CHOSEN = List.of(NTLM_V1, "EXTERNAL", "ANONYMOUS");

    private static final List<String> FOR_TICKETS = List.of("GSSAPI");

    /** Both carry the same token; XOAUTH2 is the one that the large providers document and run. */
    private static final List<String> FOR_TOKENS = List.of("XOAUTH2", "OAUTHBEARER");

    private static final Set<String> WITH_AUTHORIZATION_ID =
            Set.of("PLAIN", "DIGEST-MD5", "EXTERNAL", "GSSAPI", "OAUTHBEARER");
    private static final String PLUS = "-PLUS";
    private static final int NONCE_BYTES = 18;

    private final SaslService service;
    private final SecureRandom random;
    private final Tickets tickets;
    private final Optional<ChannelBinding> binding;
    private final boolean serverCanBind;

    /**
     * For one connection.
     *
     * @param binding what a login on it can be bound to
     * @param offered the names in the server's list
     */
    public Mechanisms(
            SaslService service,
            SecureRandom random,
            Tickets tickets,
            Optional<ChannelBinding> binding,
            List<String> offered) {
        this.service = service;
        this.random = random;
        this.tickets = tickets;
        this.binding = binding;
        this.serverCanBind = offered.stream().anyMatch(name -> name.endsWith(PLUS));
    }

    /** Those to be taken by themselves, in the order of preference. */
    public static List<String> byPreference(Login.Credentials login) {
        return switch (login) {
            case Login.Password _ -> BY_PREFERENCE;
            case Login.AccessToken _, Login.TokenProvider _ -> FOR_TOKENS;
            case Login.CurrentUser _ -> FOR_TICKETS;
        };
    }

    /** Every name that can be chosen with such credentials. */
    public static List<String> names(Login.Credentials login) {
        return switch (login) {
            case Login.Password _ ->
                Stream.concat(BY_PREFERENCE.stream(), ONLY_CHOSEN.stream()).toList();
            case Login.AccessToken _, Login.TokenProvider _ -> FOR_TOKENS;
            case Login.CurrentUser _ -> FOR_TICKETS;
        };
    }

    /** Whether a mechanism can ask to act as somebody else than who logs in. */
    public static boolean carriesAuthorizationId(String name) {
        return WITH_AUTHORIZATION_ID.contains(name) || name.startsWith("SCRAM-");
    }

    /** The name by which a server offers a mechanism. */
    public static String offeredAs(String name) {
        return name.equalsIgnoreCase(NTLM_V1) ? "NTLM" : name;
    }

    /** Whether this connection has what a mechanism needs of it. */
    public boolean fits(String name) {
        return binding.isPresent() || !name.endsWith(PLUS);
    }

    /**
     * The mechanism of a name, whatever its case; absent when there is none of that name for such credentials.
     *
     * @throws FailureException when the mechanism cannot be used on this connection
     */
    public Optional<SaslMechanism> create(String name, Login.Credentials login) throws FailureException {
        return switch (login) {
            case Login.Password password -> create(name, password);
            case Login.AccessToken token -> create(name, token);
            // It has no token itself; the one it gives out is a login of the kind above.
            case Login.TokenProvider _ -> Optional.empty();
            case Login.CurrentUser user ->
                name.equalsIgnoreCase("GSSAPI")
                        ? Optional.of(GssapiMechanism.of(tickets.to(service, identity(user))))
                        : Optional.empty();
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

    private Optional<SaslMechanism> create(String name, Login.Password login) throws FailureException {
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
                    case "SCRAM-SHA-1-PLUS" -> boundScram(ScramHash.SHA_1, login);
                    case "SCRAM-SHA-256-PLUS" -> boundScram(ScramHash.SHA_256, login);
                    case "SCRAM-SHA-512-PLUS" -> boundScram(ScramHash.SHA_512, login);
                    case "NTLM" -> ntlm(NtlmVersion.V2, login);
                    case NTLM_V1 -> ntlm(NtlmVersion.V1, login);
                    case "EXTERNAL", "ANONYMOUS" ->
                        new SingleMessageMechanism(
                                mechanism, login.sasl().authorizationId().orElse(login.user()));
                    default -> null;
                });
    }

    private SaslMechanism scram(ScramHash hash, Login.Password login) {
        return scram(hash, Gs2Binding.unbound(binding, serverCanBind), login);
    }

    private SaslMechanism boundScram(ScramHash hash, Login.Password login) throws FailureException {
        ChannelBinding bound = binding.orElseThrow(() -> new FailureException(new Failure.MechanismUnusable(
                hash.mechanism() + PLUS,
                "it binds the login to the TLS connection, and there is none, or one that cannot be bound to")));
        return scram(hash, Gs2Binding.to(bound), login);
    }

    private SaslMechanism scram(ScramHash hash, Gs2Binding bound, Login.Password login) {
        return new ScramMechanism(hash, bound, identity(login), login.user(), login.password(), nonce());
    }

    private SaslMechanism ntlm(NtlmVersion version, Login.Password login) {
        return new NtlmMechanism(new NtlmExchange(
                version, login.user(), login.password(), NtlmExchange.challenge(random), Clock.systemUTC()));
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
