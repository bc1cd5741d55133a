package org.posthorn.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.posthorn.timeline.CertificateFacts;
import org.posthorn.timeline.CertificateProblem;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.HelloFacts;
import org.posthorn.timeline.LoginAnswer;
import org.posthorn.timeline.Outcome;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.Timeline;
import org.posthorn.timeline.TlsFacts;

/** Builds a timeline by telling what happened, one phase after the other. */
final class Timelines {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final List<PhaseRecord> records = new ArrayList<>();
    private int attempt = 1;

    static Timelines connected(int port) {
        Facts.Attempt tried = new Facts.Attempt("192.0.2.10", port, Duration.ofMillis(4), Optional.empty());
        return new Timelines()
                .ok(Phase.RESOLVE, new Facts.Resolved("mail.example.org", List.of("192.0.2.10")))
                .ok(
                        Phase.CONNECT,
                        new Facts.Connected(List.of(tried), port, Optional.of("192.0.2.10"), Optional.empty()));
    }

    Timelines ok(Phase phase, Facts facts) {
        return record(phase, Outcome.OK, facts, Optional.empty());
    }

    Timelines greeted(String text) {
        return ok(Phase.GREETING, new Facts.Greeted(Optional.of(text), Optional.empty()));
    }

    Timelines announced(Facts.Stage stage, String... capabilities) {
        return ok(Phase.CAPABILITIES, new Facts.Announced(stage, List.of(capabilities), true));
    }

    Timelines starttls() {
        return ok(Phase.STARTTLS, new Facts.StarttlsAnswer(Optional.of("220 Go ahead")));
    }

    Timelines tls() {
        return tls(certificate(NOON.plus(Duration.ofDays(60)), "RSA 2048", "SHA256withRSA"), List.of(), false);
    }

    Timelines tls(CertificateFacts certificate, List<CertificateProblem> problems, boolean pinned) {
        return ok(
                Phase.TLS,
                new TlsFacts(
                        List.of("TLSv1.2", "TLSv1.3"),
                        List.of("TLSv1.2", "TLSv1.3"),
                        "mail.example.org",
                        Optional.of("TLSv1.3"),
                        Optional.of("TLS_AES_256_GCM_SHA384"),
                        List.of(certificate),
                        List.of(),
                        problems,
                        pinned,
                        List.of(),
                        false,
                        HelloFacts.none(),
                        Optional.empty()));
    }

    static CertificateFacts certificate(Instant notAfter, String key, String signature) {
        return new CertificateFacts(
                "CN=mail.example.org",
                "CN=An Authority",
                List.of("mail.example.org"),
                NOON.minus(Duration.ofDays(30)),
                notAfter,
                key,
                signature,
                "01",
                "ab".repeat(32),
                false,
                "");
    }

    /** The login is under way, and this was offered for it. */
    Timelines offered(String... mechanisms) {
        return ok(Phase.LOGIN, new Facts.LoggedIn(Optional.empty(), "alice", List.of(mechanisms), Optional.empty()));
    }

    Timelines loggedIn(String mechanism, String... offered) {
        return ok(
                Phase.LOGIN,
                new Facts.LoggedIn(
                        Optional.of(mechanism),
                        "alice",
                        List.of(offered),
                        Optional.of(new LoginAnswer.Accepted("ok", OptionalInt.empty()))));
    }

    Timelines nextAttempt(Failure failure) {
        record(failure.stage(), Outcome.FAILED, Facts.none(), Optional.of(failure));
        attempt++;
        return this;
    }

    Timeline ready() {
        return new Timeline(1, ConnectionState.CLOSED, records, Optional.empty());
    }

    Timeline failed(Failure failure) {
        record(failure.stage(), Outcome.FAILED, Facts.none(), Optional.of(failure));
        return new Timeline(1, ConnectionState.BROKEN, records, Optional.of(failure));
    }

    private Timelines record(Phase phase, Outcome outcome, Facts facts, Optional<Failure> failure) {
        records.add(new PhaseRecord(phase, attempt, NOON, Duration.ofMillis(3), outcome, facts, failure));
        return this;
    }
}
