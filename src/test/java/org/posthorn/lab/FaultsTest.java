package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.Together;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.Cancellation;

/** Servers that refuse, stall, flood, break off or lie: each check ends within its limits and says in which phase and how. */
@WithLab
@ExtendWith(NothingLeft.class)
class FaultsTest {
    private final Lab lab;
    private final LabChecks checks;
    private final LabServer faults;

    FaultsTest(Lab lab) {
        this.lab = lab;
        this.checks = new LabChecks(lab);
        this.faults = lab.server("fault");
    }

    @AfterEach
    void endTheChecks() {
        checks.close();
    }

    @ParameterizedTest
    @CsvSource({
        "blackhole, NONE, CONNECT ConnectTimeout connect-timeout-firewall",
        "silent, NONE, GREETING GreetingTimeout greeting-timeout",
        "silent, IMPLICIT, TLS HandshakeTimeout greeting-timeout",
        "close, NONE, GREETING ConnectionLost connection-lost",
        "close, IMPLICIT, TLS ClosedOnArrival connection-lost",
        "garbage, NONE, GREETING ProtocolViolation protocol-violation",
        "garbage, IMPLICIT, TLS TlsNotSpoken protocol-violation",
        "http, NONE, GREETING WrongProtocol protocol-violation",
        "http, IMPLICIT, TLS TlsNotSpoken protocol-violation",
        "tls-reset, IMPLICIT, TLS ConnectionLost connection-lost",
        "tls-stall, IMPLICIT, TLS HandshakeTimeout connection-lost",
    })
    void endsWhateverIsSpoken(String port, TlsMode mode, String end) {
        inEachProtocol(
                protocol -> assertEnds(checks.endpoint(faults, port, mode).withProtocol(protocol), end));
    }

    /** Whether the reset is seen while connecting or later is a matter of microseconds. */
    @ParameterizedTest
    @CsvSource({
        "NONE, GREETING ConnectionLost connection-lost",
        "IMPLICIT, TLS ClosedOnArrival connection-lost",
    })
    void endsWithAResetAtOnce(TlsMode mode, String end) {
        CheckResult result = checks.run(checks.endpoint(faults, "reset", mode).withProtocol(Protocol.IMAP));

        assertThat(LabChecks.end(result)).isIn(end, "CONNECT ConnectionLost connection-lost");
    }

    @ParameterizedTest
    @CsvSource({
        "drip, NONE, GREETING GreetingTimeout greeting-timeout",
        "flood, NONE, GREETING TooMuchReceived protocol-violation",
        "bye, NONE, GREETING GreetingRefused too-many-connections",
        "stripped, STARTTLS, STARTTLS StarttlsNotOffered starttls-not-offered",
        "stripped, AUTO, STARTTLS PlaintextNotAllowed starttls-not-offered",
        "injected, STARTTLS, STARTTLS StarttlsInjection starttls-injection",
        "half-open, STARTTLS, TLS HandshakeTimeout starttls-server-broken",
    })
    void endsInEachProtocol(String fault, TlsMode mode, String end) {
        inEachProtocol(protocol -> assertEnds(checks.endpoint(faults, fault + "-" + protocol.word(), mode), end));
    }

    /** It answers the handshake in the words of IMAP. */
    @ParameterizedTest
    @CsvSource({
        "IMAP, TLS TlsNotSpoken implicit-tls-on-starttls-port",
        "POP3, TLS TlsNotSpoken wrong-server",
        "SMTP, TLS TlsNotSpoken wrong-server",
    })
    void readsWhatIsSaidInsteadOfAHandshake(Protocol protocol, String end) {
        assertEnds(checks.endpoint(faults, "tls-garbage", TlsMode.IMPLICIT).withProtocol(protocol), end);
    }

    /** IMAP's greeting holds the capabilities, so that the first reply is the login's. */
    @ParameterizedTest
    @CsvSource({
        "mid-reset, ConnectionLost connection-lost",
        "mid-close, ConnectionLost connection-lost",
        "mid-stall, TimedOut connection-lost",
    })
    void endsInTheMiddleOfAReply(String fault, String end) {
        inEachProtocol(protocol -> {
            Phase phase = protocol == Protocol.IMAP ? Phase.LOGIN : Phase.CAPABILITIES;
            assertEnds(checks.endpoint(faults, fault + "-" + protocol.word(), TlsMode.NONE), phase + " " + end);
        });
    }

    @Test
    void isPatientWithASlowServer() {
        inEachProtocol(protocol -> {
            CheckResult result = checks.run(checks.endpoint(faults, "slow-" + protocol.word(), TlsMode.NONE));

            assertThat(result.timeline().failure()).isEmpty();
            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "exim@reject554, smtp, NONE, GREETING GreetingRefused server-unavailable",
        "exim@reject554, smtps, IMPLICIT, GREETING GreetingRefused server-unavailable",
        "exim@busy421, smtp, NONE, GREETING GreetingRefused too-many-connections",
        "exim@busy421, smtp, STARTTLS, GREETING GreetingRefused too-many-connections",
        "exim@slowbanner, smtp, NONE, GREETING GreetingTimeout greeting-timeout",
    })
    void endsAtAGreetingThatDoesNotWelcome(String server, String port, TlsMode mode, String end) {
        assertEnds(checks.endpoint(lab.server(server), port, mode), end);
    }

    @ParameterizedTest
    @CsvSource({
        "blackhole, NONE, CONNECT",
        "silent, NONE, GREETING",
        "tls-stall, IMPLICIT, TLS",
        "mid-stall-imap, NONE, LOGIN",
        "mid-stall-smtp, NONE, CAPABILITIES",
        "half-open-pop3, STARTTLS, TLS",
    })
    void stopsAtOnceInEveryPhase(String port, TlsMode mode, Phase phase) throws Exception {
        Duration longer = Duration.ofMinutes(1);
        Endpoint endpoint = checks.endpoint(faults, port, mode);
        Endpoint patient = endpoint.withTimeouts(
                endpoint.timeouts().withConnect(longer).withGreeting(longer).withOperation(longer));

        CheckResult result = stopIn(phase, patient);

        assertThat(result.outcome()).isEqualTo(CheckOutcome.CANCELLED);
        assertThat(LabChecks.end(result)).isEqualTo(phase + " Cancelled -");
    }

    private CheckResult stopIn(Phase phase, Endpoint endpoint) throws InterruptedException, ExecutionException {
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Phase> reached = new CompletableFuture<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = threads.submit(() -> checks.checks()
                    .run(
                            endpoint,
                            CheckOptions.complete(),
                            cancellation,
                            timeline -> timeline.last(phase).ifPresent(record -> reached.complete(record.phase()))));
            reached.get();
            cancellation.cancel();
            return running.get();
        }
    }

    /** All three at once, since most of it is waiting. */
    private static void inEachProtocol(Consumer<Protocol> test) {
        Together.run(Stream.of(Protocol.values())
                .collect(Collectors.toMap(Protocol::word, protocol -> () -> test.accept(protocol))));
    }

    private void assertEnds(Endpoint endpoint, String end) {
        CheckResult result = checks.run(LabChecks.impatient(endpoint));

        assertThat(LabChecks.end(result)).isEqualTo(end);
        assertThat(result.outcome()).isEqualTo(CheckOutcome.FAILED);
        assertThat(result.timeline().state()).isEqualTo(ConnectionState.BROKEN);
        assertThat(result.timeline().records()).noneMatch(record -> record.isRunning());
    }
}
