package org.posthorn.mailbox.bulk;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.posthorn.account.Endpoint;
import org.posthorn.account.MultiConnection;
import org.posthorn.account.Protocol;
import org.posthorn.account.Timeouts;
import org.posthorn.account.TlsMode;
import org.posthorn.client.EmailClient;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.ScriptedServer;

/** What tests of heavy work share: a client of a scripted server. */
final class Bulk implements AutoCloseable {
    /** Longer than any load of a machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Checks checks = new Checks();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    static Endpoint endpoint(Protocol protocol, ScriptedServer server, int connections) {
        Endpoint endpoint = Checks.endpoint(protocol, server, TlsMode.NONE)
                .withTimeouts(new Timeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE));
        return several(endpoint, connections);
    }

    static Endpoint several(Endpoint endpoint, int connections) {
        return endpoint.withConnections(
                endpoint.connections().withQuantity(connections).withMultiConnection(MultiConnection.ON));
    }

    EmailClient client(Endpoint endpoint) {
        return new EmailClient(endpoint, checks.connector(), timer, _ -> {});
    }

    Checks checks() {
        return checks;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        checks.close();
    }
}
