package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.testkit.Checks.endpoint;
import static org.posthorn.testkit.Checks.failure;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.ManualTimer;
import org.posthorn.testkit.Misbehaviour;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.Session;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.LoginAnswer;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.TlsFacts;
import org.posthorn.transport.AddressLookup;
import org.posthorn.transport.ByteCaps;
import org.posthorn.transport.Network;

/** What the settings of a server bring about on the wire. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class MembersOfTheServerTest {
    private static final SSLContext TLS =
            Certificates.authority().leaf("127.0.0.1").issue().serverContext();

    @ParameterizedTest
    @CsvSource({
        "bücher.example, xn--bcher-kva.example",
        "' mail.example.org ', mail.example.org",
        "mail.example.org., mail.example.org"
    })
    @DisplayName("host: the name service is asked for it in ASCII, without outer blanks")
    void theHostIsLookedUpAsDnsKnowsIt(String typed, String asked) throws Exception {
        List<String> names = new CopyOnWriteArrayList<>();
        AddressLookup loopback = name -> {
            names.add(name);
            return List.of(InetAddress.getLoopbackAddress());
        };
        try (ScriptedServer server = ScriptedServer.of(Session.plain(Protocol.IMAP)::serve);
                Checks checks = new Checks(new Network(loopback, ByteCaps.defaults(), new ManualTimer()))) {
            CheckResult result = checks.run(
                    alice(endpoint(Protocol.IMAP, server, TlsMode.NONE).withHost(typed)));

            assertThat(names).containsExactly(asked);
            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
        }
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, 192.0.2.7", "[::1], ::1", "::1, ::1", "[2001:db8::7], 2001:db8::7"})
    @DisplayName("host: a literal address stands for itself")
    void aLiteralHostStandsForItself(String typed, String dialled) {
        try (Checks checks = new Checks()) {
            CheckResult result = checks.run(
                    Endpoint.of(Protocol.IMAP, typed).withPort(1), new CheckOptions(false, Optional.of(Phase.RESOLVE)));

            assertThat(result.timeline().latest(Facts.Resolved.class))
                    .hasValueSatisfying(
                            resolved -> assertThat(resolved.addresses()).containsExactly(dialled));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("port: the one that is typed is dialled, whatever the protocol and the mode")
    void theTypedPortIsDialled(Protocol protocol) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(Session.plain(protocol)::serve);
                Checks checks = new Checks()) {
            CheckResult result = checks.run(
                    endpoint(protocol, server, TlsMode.NONE), new CheckOptions(false, Optional.of(Phase.CONNECT)));

            assertThat(result.timeline().latest(Facts.Connected.class))
                    .hasValueSatisfying(
                            connected -> assertThat(connected.port()).isEqualTo(server.port()));
        }
    }

    @Test
    @DisplayName("supported_encryption: requested, offered and negotiated versions are told apart")
    void theVersionsAreToldFromTheRequestToTheNegotiation() throws Exception {
        TlsFacts both = tls(EnumSet.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3));
        TlsFacts older = tls(EnumSet.of(TlsVersion.TLS_1_2));

        assertThat(both.requested()).containsExactly("TLSv1.2", "TLSv1.3").isEqualTo(both.offered());
        assertThat(both.version()).contains("TLSv1.3");
        assertThat(older.requested()).containsExactly("TLSv1.2").isEqualTo(older.offered());
        assertThat(older.version()).contains("TLSv1.2");
    }

    private static TlsFacts tls(Set<TlsVersion> versions) throws Exception {
        try (ScriptedServer server = ScriptedServer.secured(TLS, Session.plain(Protocol.IMAP)::serve);
                Checks checks = new Checks()) {
            Endpoint endpoint = endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT)
                    .withTls(TlsSettings.defaults().withVersions(versions));
            return checks.run(alice(endpoint)).timeline().latest(TlsFacts.class).orElseThrow();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("use_authentication: without it no credential is asked for and the connection is ready")
    void withoutALoginNothingIsSaidOfOne(Protocol protocol) throws Exception {
        List<String> capabilities = switch (protocol) {
            case IMAP -> List.of("* CAPABILITY IMAP4rev1 AUTH=PLAIN", "a1 OK");
            case POP3 -> List.of("+OK", "SASL PLAIN", ".");
            case SMTP -> List.of("250-mail.test", "250 AUTH PLAIN");
        };
        try (ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.send(Session.plain(protocol).replies().getFirst().bytes(""));
                    peer.hear();
                    peer.say(capabilities.toArray(String[]::new));
                    peer.hear();
                });
                Checks checks = new Checks()) {
            CheckResult result = checks.run(
                    endpoint(protocol, server, TlsMode.NONE).withLogin(Login.none()),
                    new CheckOptions(true, Optional.of(Phase.CAPABILITIES)));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.STOPPED);
            assertThat(result.login()).isEmpty();
            assertThat(server.heard()).noneMatch(line -> line.contains("AUTH"));
        }
    }

    @Test
    @DisplayName("username: it and the password go over the wire in UTF-8, as they were typed")
    void userNameAndPasswordAreSentInUtf8() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(Session.plain(Protocol.SMTP)::serve);
                Checks checks = new Checks()) {
            CheckResult result = checks.run(endpoint(Protocol.SMTP, server, TlsMode.NONE)
                    .withLogin(Login.password("älice ", Secret.of("пароль €"))));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(server.heard())
                    .contains("AUTH PLAIN " + base64("\0älice \0пароль €"))
                    .noneMatch(line -> line.contains("?"));
            assertThat(checks.logText()).doesNotContain("пароль", base64("\0älice \0пароль €"));
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("timeout: a server that drips a byte at a time does not extend it")
    void theTimeoutIsAnAbsoluteDeadline() throws Exception {
        ManualTimer timer = new ManualTimer();
        try (Checks checks = new Checks(new Network(AddressLookup.system(), ByteCaps.defaults(), timer));
                ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.say("* OK ready");
                    peer.hear();
                    Misbehaviour.DRIP.act(peer, Protocol.IMAP, timer::elapse);
                })) {
            CheckResult result = checks.run(endpoint(Protocol.IMAP, server, TlsMode.NONE));

            server.awaitScripts();
            assertThat(failure(result)).isEqualTo(new Failure.TimedOut(Phase.CAPABILITIES, Duration.ofSeconds(60)));
        }
    }

    @Test
    @DisplayName("greeting_timeout: has its own limit, which no dripping extends")
    void theGreetingHasItsOwnDeadline() throws Exception {
        ManualTimer timer = new ManualTimer();
        try (Checks checks = new Checks(new Network(AddressLookup.system(), ByteCaps.defaults(), timer));
                ScriptedServer server =
                        ScriptedServer.of(peer -> Misbehaviour.DRIP.act(peer, Protocol.IMAP, timer::elapse))) {
            CheckResult result = checks.run(endpoint(Protocol.IMAP, server, TlsMode.NONE));

            server.awaitScripts();
            assertThat(failure(result))
                    .isInstanceOfSatisfying(
                            Failure.GreetingTimeout.class,
                            timeout -> assertThat(timeout.limit()).isEqualTo(Duration.ofSeconds(10)));
        }
    }

    @Test
    @DisplayName("validate_credentials: is accepted, or rejected with the server's words and code, after one attempt")
    void theAnswerToALoginIsAcceptedOrRejectedWithItsReason() throws Exception {
        assertThat(answer("TAG OK in")).isEqualTo(new LoginAnswer.Accepted("a1 OK in", OptionalInt.empty()));
        assertThat(answer("TAG NO [AUTHENTICATIONFAILED] no"))
                .isInstanceOfSatisfying(LoginAnswer.Rejected.class, rejected -> {
                    assertThat(rejected.text()).isEqualTo("a1 NO [AUTHENTICATIONFAILED] no");
                    assertThat(rejected.code()).contains("AUTHENTICATIONFAILED");
                    assertThat(rejected.offer()).isEqualTo(LoginAnswer.Offer.OFFERED);
                });
    }

    private static LoginAnswer answer(String reply) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=LOGIN] ready");
                    peer.answer(reply);
                    peer.hear();
                });
                Checks checks = new Checks()) {
            CheckResult result = checks.run(
                    alice(endpoint(Protocol.IMAP, server, TlsMode.NONE)),
                    new CheckOptions(true, Optional.of(Phase.LOGIN)));

            assertThat(server.heard().stream().filter(line -> line.contains("AUTHENTICATE")))
                    .hasSize(1);
            return result.login().orElseThrow();
        }
    }

    private static Endpoint alice(Endpoint endpoint) {
        return endpoint.withLogin(Login.password("alice", Secret.of("s3cret!")));
    }
}
