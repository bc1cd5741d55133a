package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.testkit.Checks.failure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
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
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.Secret;
import org.posthorn.account.Timeouts;
import org.posthorn.account.TlsMode;
import org.posthorn.diagnosis.Cause;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedProxy;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.Session;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Outcome;
import org.posthorn.timeline.Phase;

/** Either form of TLS: which attempts there are, in which order, and what the timeline keeps of them. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class AttemptsTest {
    private static final SSLContext TLS =
            Certificates.authority().leaf("127.0.0.1").issue().serverContext();

    private final Checks checks = new Checks();

    @AfterEach
    void endTheTimer() {
        checks.close();
    }

    /** One line of the timeline. */
    private record Line(int attempt, Phase phase, Outcome outcome) {}

    @ParameterizedTest
    @EnumSource
    void takesImplicitTlsWhereItIsSpoken(Protocol protocol) throws Exception {
        Session session = Session.plain(protocol);
        try (ScriptedServer server = ScriptedServer.secured(TLS, session::serve)) {
            CheckResult result = checks.run(endpoint(protocol, TlsMode.ANY_TLS, server));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(result.securityInForce()).isEqualTo(TlsMode.IMPLICIT);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"IMAP, ANY_TLS", "POP3, ANY_TLS", "SMTP, ANY_TLS", "IMAP, AUTO", "POP3, AUTO", "SMTP, AUTO"})
    void goesOnWithStarttlsWhereAPlaintextServerAnswersTheHandshake(Protocol protocol, TlsMode security)
            throws Exception {
        Session session = Session.starttls(protocol);
        try (ScriptedServer server = ScriptedServer.of(session::serve)) {
            CheckResult result = checks.run(endpoint(protocol, security, server).withAllowPlaintext(true));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(result.securityInForce()).isEqualTo(TlsMode.STARTTLS);
            assertThat(lines(result))
                    .startsWith(
                            new Line(1, Phase.RESOLVE, Outcome.OK),
                            new Line(1, Phase.CONNECT, Outcome.OK),
                            new Line(1, Phase.TLS, Outcome.FAILED),
                            new Line(2, Phase.CONNECT, Outcome.OK),
                            new Line(2, Phase.GREETING, Outcome.OK),
                            new Line(2, Phase.CAPABILITIES, Outcome.OK),
                            new Line(2, Phase.STARTTLS, Outcome.OK),
                            new Line(2, Phase.TLS, Outcome.OK),
                            new Line(2, Phase.CAPABILITIES, Outcome.OK),
                            new Line(2, Phase.LOGIN, Outcome.OK));
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("security_options: AUTO ends in plaintext only where the account allows it")
    void endsInPlaintextOnlyByLeave() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(Session.plain(Protocol.IMAP)::serve)) {
            CheckResult refused = checks.run(endpoint(Protocol.IMAP, TlsMode.AUTO, server));
            CheckResult allowed =
                    checks.run(endpoint(Protocol.IMAP, TlsMode.AUTO, server).withAllowPlaintext(true));

            assertThat(failure(refused)).isEqualTo(new Failure.PlaintextNotAllowed());
            assertThat(allowed.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(allowed.securityInForce()).isEqualTo(TlsMode.NONE);
            assertThat(lines(allowed)).contains(new Line(2, Phase.STARTTLS, Outcome.SKIPPED));
        }
    }

    @Test
    void triesNoOtherFormAfterABadCertificate() throws Exception {
        SSLContext untrusted = Certificates.selfSigned("127.0.0.1").issue().serverContext();
        try (ScriptedServer server = ScriptedServer.secured(untrusted, ScriptedServer.Peer::ignore)) {
            CheckResult result =
                    checks.run(endpoint(Protocol.IMAP, TlsMode.AUTO, server).withAllowPlaintext(true));

            assertThat(failure(result)).isInstanceOf(Failure.CertificateRejected.class);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void triesNoOtherFormAfterARejectedLogin() throws Exception {
        try (ScriptedServer server = ScriptedServer.secured(TLS, peer -> {
            Session.plain(Protocol.SMTP).serve(peer, 2);
            peer.say("535 no");
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(Protocol.SMTP, TlsMode.ANY_TLS, server));

            assertThat(failure(result)).isInstanceOf(Failure.LoginRejected.class);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void tellsTheAttemptThatGotFurther() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1] no TLS here");
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(Protocol.IMAP, TlsMode.ANY_TLS, server));

            assertThat(failure(result)).isInstanceOf(Failure.StarttlsNotOffered.class);
            assertThat(result.timeline().records().stream()
                            .filter(r -> r.attempt() == 1)
                            .toList()
                            .getLast()
                            .failure())
                    .containsInstanceOf(Failure.TlsNotSpoken.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"IMAP, ANY_TLS", "POP3, ANY_TLS", "SMTP, ANY_TLS", "IMAP, AUTO", "POP3, AUTO", "SMTP, AUTO"})
    void tellsWhatIsWrongWithTheCertificateBehindStarttls(Protocol protocol, TlsMode security) throws Exception {
        SSLContext expired = Certificates.authority()
                .leaf("127.0.0.1")
                .valid(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2021-01-01T00:00:00Z"))
                .issue()
                .serverContext();
        Session session = Session.starttls(protocol);
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            String tag = session.serve(peer, 2);
            peer.send(session.replies().get(2).bytes(tag));
            peer.startTls(expired);
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(protocol, security, server));

            assertThat(failure(result)).isInstanceOf(Failure.CertificateRejected.class);
            assertThat(Diagnosis.of(result.endpoint(), result.timeline())
                            .getFirst()
                            .cause())
                    .isEqualTo(Cause.CERT_EXPIRED);
        }
    }

    @Test
    void tellsWhatIsWrongWithTheCertificateWhereTheStarttlsPortSpeaksTls() throws Exception {
        SSLContext untrusted = Certificates.selfSigned("127.0.0.1").issue().serverContext();
        try (ScriptedServer server = ScriptedServer.secured(untrusted, ScriptedServer.Peer::ignore);
                ScriptedServer proxy = ScriptedServer.of(peer -> {
                    var client = new ScriptedProxy(peer);
                    client.socks5Method(0);
                    client.socks5Connect(0);
                    client.relay(server);
                })) {
            Endpoint endpoint = endpoint(Protocol.IMAP, TlsMode.ANY_TLS, server).withPort(143);
            Timeouts limits = endpoint.timeouts();
            CheckResult result = checks.run(endpoint.withTimeouts(new Timeouts(
                            limits.resolve(), limits.connect(), Duration.ofMillis(200), limits.operation()))
                    .withProxy(Optional.of(
                            ProxySettings.of(ProxyKind.SOCKS5, proxy.host()).withPort(OptionalInt.of(proxy.port())))));

            assertThat(result.timeline().records())
                    .anySatisfy(
                            record -> assertThat(record.failure()).containsInstanceOf(Failure.GreetingTimeout.class));
            assertThat(failure(result)).isInstanceOf(Failure.CertificateRejected.class);
        }
    }

    private static List<Line> lines(CheckResult result) {
        return result.timeline().records().stream()
                .map(r -> new Line(r.attempt(), r.phase(), r.outcome()))
                .toList();
    }

    private static Endpoint endpoint(Protocol protocol, TlsMode security, ScriptedServer server) {
        return Checks.endpoint(protocol, server, security).withLogin(Login.password("alice", Secret.of("s3cret!")));
    }
}
