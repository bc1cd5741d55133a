package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import org.posthorn.account.Timeouts;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.Trust;
import org.posthorn.client.CheckResult;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.diagnosis.Finding;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.wire.Direction;
import org.posthorn.wire.WireEvent;

/** Checks of lab servers: with the lab's root trusted, alice logging in, and limits that a test can wait for. */
final class LabChecks implements AutoCloseable {
    static final Login ALICE = password("alice", "secret");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Lab lab;
    private final Checks checks = new Checks();

    LabChecks(Lab lab) {
        this.lab = lab;
    }

    static Login password(String user, String password) {
        return Login.password(user, Secret.of(password));
    }

    static Login password(String user, String password, String mechanism) {
        return password(user, password, Optional.of(mechanism));
    }

    static Login password(String user, String password, Optional<String> mechanism) {
        return new Login.Password(
                user, Secret.of(password), mechanism.map(SaslSettings::of).orElse(SaslSettings.automatic()));
    }

    Endpoint endpoint(LabServer server, String port, TlsMode security) {
        return Endpoint.of(protocol(port), server.host())
                .withPort(server.port(port))
                .withSecurity(security)
                .withTls(TlsSettings.defaults().withTrust(Trust.builtIn().withAuthorities(lab.certificate("root"))))
                .withLogin(ALICE)
                .withTimeouts(new Timeouts(LIMIT, LIMIT, LIMIT, LIMIT));
    }

    /** With limits for servers that are known not to answer. */
    static Endpoint impatient(Endpoint endpoint) {
        Duration limit = Duration.ofSeconds(1);
        return endpoint.withTimeouts(new Timeouts(limit, limit, limit, limit));
    }

    CheckResult run(Endpoint endpoint) {
        return checks.run(endpoint);
    }

    Checks checks() {
        return checks;
    }

    /** The lines this client sent, redacted. */
    List<String> sent() {
        return checks.events().stream()
                .filter(event -> event.direction() == Direction.CLIENT)
                .map(WireEvent::text)
                .toList();
    }

    /** Whether a line that was sent is the first of a login. */
    static boolean beginsALogin(String line) {
        return line.matches("(?s)(\\w+ )?(AUTH|AUTHENTICATE|LOGIN|USER) .*");
    }

    /** How a check failed: the phase, the type of the failure and the code of its first cause, with blanks between. */
    static String end(CheckResult result) {
        Failure failure = result.timeline().failure().orElseThrow(() -> new AssertionError("did not fail"));
        PhaseRecord last = result.timeline().records().getLast();
        assertThat(last.failure())
                .as("the failure stands at the phase that it ended")
                .contains(failure);
        List<Finding> findings = Diagnosis.of(result.endpoint(), result.timeline());
        return Stream.of(
                        last.phase().name(),
                        failure.kind(),
                        findings.isEmpty() ? "-" : findings.getFirst().cause().code())
                .reduce((left, right) -> left + " " + right)
                .orElseThrow();
    }

    @Override
    public void close() {
        checks.close();
    }

    /** By the words in a port's name. */
    private static Protocol protocol(String port) {
        String name = port.toLowerCase(Locale.ROOT);
        if (name.contains("imap")) {
            return Protocol.IMAP;
        }
        return name.contains("pop3") ? Protocol.POP3 : Protocol.SMTP;
    }
}
