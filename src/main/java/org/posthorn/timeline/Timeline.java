package org.posthorn.timeline;

import java.util.List;
import java.util.Optional;
import org.posthorn.account.TlsMode;

/**
 * A connection so far: an immutable snapshot, published anew at each change.
 *
 * @param connection the number by which the wire log knows the connection
 * @param records the phases in order of happening; one may stand more than once
 * @param failure what ended the session; absent while it lives and when it ended well
 * @param times how long it was in each state
 */
public record Timeline(
        int connection, ConnectionState state, List<PhaseRecord> records, Optional<Failure> failure, StateTimes times) {
    public Timeline {
        records = List.copyOf(records);
    }

    /** Of which nobody measured how long it was in its states. */
    public Timeline(int connection, ConnectionState state, List<PhaseRecord> records, Optional<Failure> failure) {
        this(connection, state, records, failure, StateTimes.none());
    }

    public static Timeline empty(int connection) {
        return new Timeline(connection, ConnectionState.CREATED, List.of(), Optional.empty());
    }

    /** The same with what ended the session, where that was not known before. */
    public Timeline endedBy(Failure reason) {
        return failure.isPresent() ? this : withFailure(Optional.of(reason));
    }

    /** The same with another reason for its end. */
    public Timeline withFailure(Optional<Failure> reason) {
        return new Timeline(connection, state, records, reason, times);
    }

    /** The last record of a phase, which is the one that counts when it stands more than once. */
    public Optional<PhaseRecord> last(Phase phase) {
        return records.reversed().stream().filter(r -> r.phase() == phase).findFirst();
    }

    /** The facts of a type, latest first. */
    public <F extends Facts> Optional<F> latest(Class<F> type) {
        return records.reversed().stream()
                .map(PhaseRecord::facts)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    /** The form of TLS that the last attempt brought about: IMPLICIT or STARTTLS, NONE while or where there is none. */
    public TlsMode securityInForce() {
        List<PhaseRecord> ended = records.stream()
                .filter(r -> r.attempt() == records.getLast().attempt() && r.outcome() == Outcome.OK)
                .toList();
        if (ended.stream().noneMatch(r -> r.phase() == Phase.TLS)) {
            return TlsMode.NONE;
        }
        return ended.stream().anyMatch(r -> r.phase() == Phase.STARTTLS) ? TlsMode.STARTTLS : TlsMode.IMPLICIT;
    }

    /** The capabilities of a stage, as they came; empty when the stage was not reached. */
    public List<String> capabilities(Facts.Stage stage) {
        return records.reversed().stream()
                .map(PhaseRecord::facts)
                .filter(Facts.Announced.class::isInstance)
                .map(Facts.Announced.class::cast)
                .filter(announced -> announced.stage() == stage)
                .findFirst()
                .map(Facts.Announced::capabilities)
                .orElse(List.of());
    }
}
