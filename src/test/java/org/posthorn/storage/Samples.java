package org.posthorn.storage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.posthorn.account.Account;
import org.posthorn.account.AddressFamily;
import org.posthorn.account.AddressOrder;
import org.posthorn.account.ClientCertificate;
import org.posthorn.account.Compression;
import org.posthorn.account.ConnectionAssignment;
import org.posthorn.account.ConnectionSettings;
import org.posthorn.account.Endpoint;
import org.posthorn.account.LogSettings;
import org.posthorn.account.Login;
import org.posthorn.account.MultiConnection;
import org.posthorn.account.OauthClient;
import org.posthorn.account.OauthEndpoints;
import org.posthorn.account.Pipelining;
import org.posthorn.account.Protocol;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.RevocationPolicy;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import org.posthorn.account.Timeouts;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;
import org.posthorn.account.TokenFlow;
import org.posthorn.account.TokenSettings;
import org.posthorn.account.Trust;
import org.posthorn.account.TrustStore;

/** Accounts and endpoints to store. */
final class Samples {
    static final String CANARY = "canary-Pa55word";

    private final Random random;

    Samples(long seed) {
        random = new Random(seed);
    }

    static SavedAccount account(String name) {
        Endpoint endpoint =
                Endpoint.of(Protocol.IMAP, "mail.example.org").withLogin(Login.password("alice", Secret.of(CANARY)));
        return SavedAccount.create(Optional.of("Acme"), new Account(name, List.of(endpoint)));
    }

    static SavedAccount renamed(SavedAccount account, String name) {
        return new SavedAccount(
                account.id(),
                account.folder(),
                new Account(name, account.account().endpoints()));
    }

    /** An endpoint with every setting at random. */
    Endpoint endpoint() {
        return new Endpoint(
                one(Protocol.values()),
                one("mail.example.org", " bücher.example ", "[2001:db8::1]", ""),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(70000)),
                one(TlsMode.values()),
                random.nextBoolean(),
                tls(),
                login(),
                new Timeouts(duration(), duration(), duration(), duration()),
                maybe("192.0.2.7"),
                one(AddressFamily.values()),
                one(AddressOrder.values()),
                maybe("client.example.org"),
                random.nextBoolean() ? Optional.empty() : Optional.of(proxy()),
                new ConnectionSettings(
                        one(ConnectionAssignment.values()),
                        duration(),
                        one(MultiConnection.values()),
                        random.nextInt(64) + 1,
                        one(Pipelining.values()),
                        one(Compression.values()),
                        random.nextBoolean()),
                new LogSettings(random.nextBoolean(), maybe("/var/log/mail.log").map(Path::of), random.nextBoolean()));
    }

    private ProxySettings proxy() {
        ProxySettings proxy = ProxySettings.of(one(ProxyKind.values()), one("proxy.example.org", "192.0.2.9"))
                .withPort(random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(70000)));
        return random.nextBoolean() ? proxy : proxy.withLogin("pat", Secret.of(""));
    }

    private TlsSettings tls() {
        Set<TlsVersion> versions = EnumSet.noneOf(TlsVersion.class);
        for (TlsVersion version : TlsVersion.values()) {
            if (random.nextBoolean()) {
                versions.add(version);
            }
        }
        Set<String> fingerprints = random.nextBoolean() ? Set.of() : Set.of("ab".repeat(32), "cd".repeat(32));
        return new TlsSettings(
                versions,
                new Trust(one(TrustStore.values()), maybe("/etc/ca.pem").map(Path::of), fingerprints),
                maybe("/etc/client.p12").map(file -> new ClientCertificate(Path.of(file), Secret.of(""))),
                random.nextBoolean() ? List.of() : List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"),
                random.nextBoolean() ? List.of() : List.of("x25519", "secp256r1"),
                one(RevocationPolicy.values()));
    }

    private Login login() {
        String user = one("alice", "a\"b\\c ", "ünï");
        return one(
                Login.none(),
                new Login.CurrentUser(sasl()),
                new Login.Password(user, Secret.of(""), sasl()),
                new Login.AccessToken(user, Secret.of(""), sasl()),
                new Login.TokenProvider(user, tokens(), sasl()));
    }

    private TokenSettings tokens() {
        OauthClient client = new OauthClient(
                one("", "client"),
                Secret.of(""),
                new OauthEndpoints(
                        maybe("https://i.test"),
                        maybe("https://a.test/a"),
                        maybe("https://t.test/t"),
                        maybe("https://d.test/d")),
                one("", "mail offline"));
        return switch (one(TokenFlow.values())) {
            case CLIENT_CREDENTIALS ->
                new TokenSettings.ClientCredentials(
                        client, maybe("/etc/key.pem").map(Path::of));
            case COMMAND -> new TokenSettings.Command(one(List.of(), List.of("gettoken", "a b", "\"")));
            case AUTHORIZATION_CODE -> new TokenSettings.AuthorizationCode(client);
            case DEVICE_CODE -> new TokenSettings.DeviceCode(client);
            case REFRESH -> new TokenSettings.Refresh(client, Secret.of(""));
        };
    }

    private SaslSettings sasl() {
        return new SaslSettings(
                one(List.of(), List.of("PLAIN"), List.of("SCRAM-SHA-256", "XOAUTH2")), maybe("shared@example.org"));
    }

    private Duration duration() {
        return one(
                Duration.ZERO, Duration.ofMillis(1), Duration.ofSeconds(7), Duration.ofHours(30), Duration.ofNanos(5));
    }

    private Optional<String> maybe(String text) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(text);
    }

    @SafeVarargs
    private <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }
}
