package org.posthorn.desktop.viewmodel.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.posthorn.account.Endpoint;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.LoginAnswer;
import org.posthorn.timeline.Outcome;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.Timeline;

/** A client whose connections fare as a test tells them to. */
public final class ScriptedClient implements LiveClient {
    private final Endpoint endpoint;
    private final LiveClientListener listener;
    private final List<Scripted> connections = new ArrayList<>();
    private int numbers;
    private boolean closed;

    public ScriptedClient(Endpoint endpoint, LiveClientListener listener) {
        this.endpoint = endpoint;
        this.listener = listener;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public LiveClientListener listener() {
        return listener;
    }

    public boolean isClosed() {
        return closed;
    }

    /** The connections that were asked for, in their order. */
    public List<Scripted> connections() {
        return connections;
    }

    public Scripted last() {
        return connections.getLast();
    }

    @Override
    public void open(LiveConnection.Kind kind) {
        connections.add(new Scripted(kind));
        last().become(ConnectionState.CONNECTING);
    }

    @Override
    public void close() {
        closed = true;
    }

    /** One connection. */
    public final class Scripted implements LiveConnection {
        private final Kind kind;
        private int number = ++numbers;
        private List<PhaseRecord> records = List.of();
        private ConnectionState state = ConnectionState.CREATED;
        private Optional<Failure> failure = Optional.empty();
        private Optional<Answer> answer = Optional.empty();
        private int noops;
        private boolean gone;

        private Scripted(Kind kind) {
            this.kind = kind;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        @Override
        public Optional<String> thread() {
            return kind == Kind.DEFAULT ? Optional.of("posthorn-owner-1") : Optional.empty();
        }

        @Override
        public Standing now() {
            return new Standing(new Timeline(number, state, records, failure), answer, gone);
        }

        @Override
        public void noop() {
            noops++;
        }

        public int noops() {
            return noops;
        }

        @Override
        public void close() {
            gone = kind != Kind.MAIN;
            become(ConnectionState.CLOSED);
        }

        public void become(ConnectionState next) {
            state = next;
            listener.changed(this);
        }

        /** What the phases have learnt that a test is about. */
        public Scripted learns(PhaseRecord... learnt) {
            records = List.of(learnt);
            return this;
        }

        /** The opening ends well. */
        public void opens(Instant at) {
            answers(at, Duration.ofMillis(2));
        }

        public void answers(Instant at, Duration roundTrip) {
            answer = Optional.of(new Answer(at, roundTrip));
            failure = Optional.empty();
            become(ConnectionState.READY);
            listener.ended(this);
        }

        /** It breaks while nobody uses it. */
        public void breaks(Failure reason) {
            failure = Optional.of(reason);
            become(ConnectionState.BROKEN);
        }

        /** The opening or the NOOP ends badly. */
        public void fails(Failure reason) {
            breaks(reason);
            listener.ended(this);
        }

        /** It is being opened anew, under another number. */
        public void reopens() {
            number = ++numbers;
            records = List.of();
            failure = Optional.empty();
            become(ConnectionState.CONNECTING);
        }

        /** The server has refused the login. */
        public void refusesLogin() {
            String text = "a1 NO [AUTHENTICATIONFAILED] no";
            LoginAnswer answered = new LoginAnswer.Rejected(
                    text,
                    OptionalInt.empty(),
                    Optional.of("AUTHENTICATIONFAILED"),
                    Optional.empty(),
                    LoginAnswer.Offer.OFFERED);
            Failure reason = new Failure.LoginRejected("PLAIN", true, text, Optional.of("AUTHENTICATIONFAILED"));
            learns(record(
                    Phase.LOGIN,
                    Outcome.FAILED,
                    new Facts.LoggedIn(
                            Optional.of("PLAIN"), "alice", List.of("PLAIN"), Optional.of(answered), Optional.empty())));
            fails(reason);
        }
    }

    /** A phase that has ended or runs. */
    public static PhaseRecord record(Phase phase, Outcome outcome, Facts facts) {
        return new PhaseRecord(
                phase, 1, ScriptedConnector.NOON.instant(), Duration.ofMillis(3), outcome, facts, Optional.empty());
    }
}
