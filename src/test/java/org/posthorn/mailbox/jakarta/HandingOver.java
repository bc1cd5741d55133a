package org.posthorn.mailbox.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.Timeouts;
import org.posthorn.account.TlsMode;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.MailConnection;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Cancellation;

/** Hands a connection to a scripted server over to Jakarta Mail. */
final class HandingOver implements AutoCloseable {
    /** Longer than any load of a machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Checks checks = new Checks();
    private final boolean readOnly;
    private final Duration operation;

    HandingOver() {
        this(false, PATIENCE);
    }

    HandingOver(boolean readOnly, Duration operation) {
        this.readOnly = readOnly;
        this.operation = operation;
    }

    /** Does it on a connection to a server that plays this script behind the login. */
    <T> T with(ScriptedServer.Script script, JakartaMail.Work<T> work) throws Exception {
        return with(script, work, _ -> {});
    }

    interface After {
        void run(MailConnection connection) throws FailureException;
    }

    <T> T with(ScriptedServer.Script script, JakartaMail.Work<T> work, After after) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* PREAUTH [CAPABILITY IMAP4rev1 QUOTA LITERAL+] welcome");
            peer.answer("TAG OK noop");
            script.run(peer);
        })) {
            Endpoint endpoint = Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE)
                    .withTimeouts(new Timeouts(PATIENCE, PATIENCE, PATIENCE, operation));
            endpoint = endpoint.withConnections(endpoint.connections().withReadOnly(readOnly));
            try (MailConnection connection =
                    checks.connector().connect(endpoint, CheckOptions.complete(), new Cancellation(), _ -> {})) {
                T result = run(endpoint, connection, work);
                after.run(connection);
                return result;
            } finally {
                assertThat(server.connections()).isOne();
            }
        }
    }

    private static <T> T run(Endpoint endpoint, MailConnection connection, JakartaMail.Work<T> work)
            throws FailureException {
        return connection.perform((_, transport) -> {
            try {
                return new JakartaMail(endpoint, connection, transport).run(work);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    static void examined(ScriptedServer.Peer peer) throws IOException {
        peer.answer("* 1 EXISTS", "* OK [UIDVALIDITY 3] valid", "* OK [UIDNEXT 8] next", "TAG OK [READ-ONLY] open");
    }

    static void leave(ScriptedServer.Peer peer) throws IOException {
        peer.answer("* BYE", "TAG OK");
    }

    String log() {
        return checks.logText();
    }

    @Override
    public void close() {
        checks.close();
    }
}
