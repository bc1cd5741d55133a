package org.posthorn.client;

import java.time.Duration;
import java.util.Optional;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.Transport;
import org.posthorn.wire.RecordTap;

/**
 * A second connection, over the same way, that finds out what the end of the first leaves open. It sends no credential, and
 * its conversation stands in the log beside the first.
 */
final class Probe {
    private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(5);
    /** Long enough for a greeting or a close; a server that dislikes a ClientHello makes a failed check wait for it. */
    private static final Duration LISTEN_LIMIT = Duration.ofSeconds(3);

    private final FormAttempt attempt;

    Probe(FormAttempt attempt) {
        this.attempt = attempt;
    }

    /** What a ClientHello brought, and the first line in plaintext that came instead of TLS. */
    record Answer(Facts.Probe probe, Optional<String> plaintext) {
        static Answer of(Facts.Probe probe) {
            return new Answer(probe, Optional.empty());
        }
    }

    /** Whether a port that does not greet waits for TLS. */
    Answer sayHello(Transport silent) throws FailureException {
        silent.note("No greeting came; a TLS ClientHello on a second connection shows whether this port wants TLS.");
        Optional<RecordTap> records = Optional.empty();
        try {
            FormAttempt.Second second = attempt.second();
            records = Optional.of(second.records());
            try (Transport transport = second.transport()) {
                transport.secure(attempt.bareHandshake(), HANDSHAKE_LIMIT, false, _ -> {});
            }
            return Answer.of(Facts.Probe.TLS_ANSWERED);
        } catch (FailureException e) {
            return answer(records, e.failure());
        }
    }

    private static Answer answer(Optional<RecordTap> records, Failure failure) throws FailureException {
        if (failure instanceof Failure.Cancelled) {
            throw new FailureException(new Failure.Cancelled(Phase.GREETING));
        }
        if (failure instanceof Failure.TlsNotSpoken(String line)) {
            return new Answer(Facts.Probe.PLAINTEXT_ANSWERED, Optional.of(line));
        }
        if (records.filter(RecordTap::receivedAnything).isPresent()) {
            return Answer.of(Facts.Probe.TLS_ANSWERED);
        }
        return Answer.of(failure instanceof Failure.HandshakeTimeout ? Facts.Probe.SILENT : Facts.Probe.NOT_POSSIBLE);
    }

    /**
     * Whether a server that went away at the ClientHello does so to everybody, greets in plaintext, or waits: only then is
     * it the ClientHello that it minds.
     */
    Failure listen(Transport gone, Failure.HandshakeFailed minded) throws FailureException {
        gone.note("The server went away at the ClientHello; a second connection that stays silent shows whether it"
                + " minds the ClientHello or any client.");
        try (Transport transport = attempt.second().transport()) {
            return new Failure.TlsNotSpoken(transport.exchange(LISTEN_LIMIT, Transport.Lines::receive));
        } catch (FailureException e) {
            return switch (e.failure()) {
                case Failure.Cancelled _ -> throw new FailureException(new Failure.Cancelled(Phase.TLS));
                case Failure.ConnectionLost lost -> new Failure.ClosedOnArrival(lost.detail());
                case Failure _ -> minded;
            };
        }
    }
}
