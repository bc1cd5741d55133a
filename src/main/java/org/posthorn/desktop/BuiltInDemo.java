package org.posthorn.desktop;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.Account;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.demo.DemoServer;
import org.posthorn.desktop.viewmodel.desktop.DemoSource;

/** The demo's server, started when it is first asked for. */
final class BuiltInDemo implements DemoSource {
    private Optional<DemoServer> running = Optional.empty();

    @Override
    public synchronized Account start() throws IOException {
        try {
            DemoServer server = running.orElseGet(DemoServer::start);
            running = Optional.of(server);
            return new Account(
                    "demo@localhost",
                    List.of(
                            server.endpoint(Protocol.IMAP, TlsMode.IMPLICIT),
                            server.endpoint(Protocol.POP3, TlsMode.IMPLICIT),
                            server.endpoint(Protocol.SMTP, TlsMode.IMPLICIT)));
        } catch (IllegalStateException noPort) {
            throw new IOException(noPort.getMessage(), noPort);
        }
    }

    @Override
    public synchronized void close() {
        running.ifPresent(DemoServer::close);
        running = Optional.empty();
    }
}
