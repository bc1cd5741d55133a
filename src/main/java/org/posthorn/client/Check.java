package org.posthorn.client;

import java.util.function.Consumer;
import org.posthorn.account.Endpoint;
import org.posthorn.timeline.Timeline;
import org.posthorn.transport.Cancellation;

/** The main job: connect, log in, ask for capabilities, take leave. */
public final class Check {
    private final Connector connector;

    public Check(Connector connector) {
        this.connector = connector;
    }

    /** What makes its connections. */
    public Connector connector() {
        return connector;
    }

    /**
     * Runs on the calling thread until the server has been left.
     *
     * @param live hears a snapshot at each change, on the calling thread
     */
    public CheckResult run(
            Endpoint endpoint, CheckOptions options, Cancellation cancellation, Consumer<Timeline> live) {
        MailConnection connection = connector.connect(endpoint, options, cancellation, live);
        connection.close();
        return new CheckResult(endpoint, connection.outcome(), connection.timeline());
    }
}
