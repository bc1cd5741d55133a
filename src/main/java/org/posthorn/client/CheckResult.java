package org.posthorn.client;

import java.time.Duration;
import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.account.TlsMode;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.LoginAnswer;
import org.posthorn.timeline.Timeline;

/** A finished check. */
public record CheckResult(Endpoint endpoint, CheckOutcome outcome, Timeline timeline) {

    /** What came of the security asked for: NONE, IMPLICIT or STARTTLS. */
    public TlsMode securityInForce() {
        return timeline.securityInForce();
    }

    /** Whether commands would be sent together; absent when the server was not asked what it can do. */
    public Optional<PipeliningState> pipelining() {
        return PipeliningState.of(endpoint, timeline);
    }

    /** What the server decided on the login; absent when it was not asked, or gave no answer. */
    public Optional<LoginAnswer> login() {
        return timeline.latest(Facts.LoggedIn.class).flatMap(Facts.LoggedIn::answer);
    }

    /** The round trip of the command that asks for nothing, when it was sent. */
    public Optional<Duration> roundTrip() {
        return timeline.latest(Facts.Live.class).map(Facts.Live::roundTrip);
    }
}
