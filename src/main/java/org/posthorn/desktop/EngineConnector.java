package org.posthorn.desktop;

import java.time.Clock;
import java.util.concurrent.Executor;
import org.posthorn.account.Endpoint;
import org.posthorn.client.Check;
import org.posthorn.client.CheckOptions;
import org.posthorn.desktop.viewmodel.connection.Connector;
import org.posthorn.desktop.viewmodel.connection.Session;
import org.posthorn.desktop.viewmodel.connection.SessionListener;
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.Network;
import org.posthorn.transport.tls.TrustAnchors;
import org.posthorn.wire.WireLog;

/** Tests an endpoint with the engine, each test on a thread of its own. */
final class EngineConnector implements Connector {
    private final Check check;
    private final Executor threads;

    EngineConnector(Network network, TrustAnchors anchors, WireLog log, Clock clock, Executor threads) {
        this.check = new Check(new org.posthorn.client.Connector(network, anchors, log, clock));
        this.threads = threads;
    }

    @Override
    public Session connect(Endpoint endpoint, SessionListener listener) {
        Cancellation cancellation = new Cancellation();
        threads.execute(() -> run(endpoint, cancellation, listener));
        return cancellation::cancel;
    }

    private void run(Endpoint endpoint, Cancellation cancellation, SessionListener listener) {
        try {
            listener.ended(check.run(endpoint, CheckOptions.complete(), cancellation, listener::progressed)
                    .timeline());
        } catch (RuntimeException | Error bug) {
            listener.broke(bug);
        }
    }
}
