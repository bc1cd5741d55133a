package org.posthorn.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;

@ExtendWith(NothingLeft.class)
@Timeout(30)
class DialerTest {
    /** Of so many, some are reset before connect() has returned. */
    private static final int CONNECTIONS = 200;

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<Facts.Connected> progress = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final Cancellation cancellation = new Cancellation();

    @AfterEach
    void closeWhatWasOpened() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void takesTheFirstAddressThatAnswers() throws Exception {
        try (ServerSocket server = listener("127.0.0.1")) {
            Socket socket = dial(server.getLocalPort(), LIMIT, "127.0.0.2", "127.0.0.1", "127.0.0.3");

            assertThat(socket.getInetAddress().getHostAddress()).isEqualTo("127.0.0.1");
            Facts.Connected last = progress.getLast();
            assertThat(last.tried()).extracting(Facts.Attempt::address).containsExactly("127.0.0.2", "127.0.0.1");
            assertThat(last.tried().getFirst().error()).isPresent();
            assertThat(last.tried().getLast().error()).isEmpty();
            assertThat(last.address()).contains("127.0.0.1");
            assertThat(progress).hasSize(2);
        }
    }

    @Test
    void saysThatAllRefused() throws Exception {
        int free = freePort();

        Failure failure = failure(free, LIMIT, "127.0.0.1", "127.0.0.2");

        assertThat(failure).isInstanceOfSatisfying(Failure.ConnectionRefused.class, refused -> {
            assertThat(refused.port()).isEqualTo(free);
            assertThat(refused.tried())
                    .hasSize(2)
                    .allMatch(attempt -> attempt.error().isPresent());
        });
    }

    @Test
    void dialsOverIpv6() throws Exception {
        try (ServerSocket server = listener("::1")) {
            dial(server.getLocalPort(), LIMIT, "127.0.0.1", "::1");

            assertThat(progress.getLast().address()).contains("::1");
        }
    }

    @Test
    void bindsToTheLocalAddress() throws Exception {
        try (ServerSocket server = listener("127.0.0.1")) {
            Dialer dialer = dialer(server.getLocalPort(), Optional.of("127.0.0.7"), LIMIT);
            sockets.add(dialer.dial(addresses("127.0.0.1")));

            try (Socket accepted = server.accept()) {
                assertThat(accepted.getInetAddress().getHostAddress()).isEqualTo("127.0.0.7");
            }
            assertThat(progress.getLast().local()).contains("127.0.0.7");
        }
    }

    @Test
    void saysThatItCannotBind() throws Exception {
        int free = freePort();
        Dialer dialer = dialer(free, Optional.of("192.0.2.1"), LIMIT);

        Failure failure = assertThrows(FailureException.class, () -> dialer.dial(addresses("127.0.0.1")))
                .failure();

        assertThat(failure).isInstanceOf(Failure.BindFailed.class);
    }

    @Test
    void saysThatItsOwnAddressIsOfTheOtherIpVersion() throws Exception {
        Dialer dialer = dialer(freePort(), Optional.of("::1"), LIMIT);

        Failure failure = assertThrows(FailureException.class, () -> dialer.dial(addresses("127.0.0.1")))
                .failure();

        assertThat(failure)
                .isEqualTo(new Failure.BindFailed("::1", "no address to connect to is of the same IP version"));
    }

    @Test
    void leavesTimeForTheAddressesAfterADeafOne() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                ServerSocket server = new ServerSocket(deaf.getLocalPort(), 1, InetAddress.ofLiteral("127.0.0.2"))) {
            fill(deaf);

            Duration limit = Duration.ofSeconds(4);
            Socket socket =
                    dial(server.getLocalPort(), limit, "127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5");

            assertThat(socket.getInetAddress().getHostAddress()).isEqualTo("127.0.0.2");
            assertThat(progress.getLast().tried().getFirst().elapsed()).isLessThan(limit);
        }
    }

    @Test
    void saysThatNobodyAnsweredInTime() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            fill(deaf);

            assertThat(failure(deaf.getLocalPort(), Duration.ofMillis(100), "127.0.0.1"))
                    .isInstanceOf(Failure.ConnectTimeout.class);
        }
    }

    @Test
    void putsARefusalBeforeASilence() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            fill(deaf);

            assertThat(failure(deaf.getLocalPort(), Duration.ofMillis(200), "127.0.0.1", "127.0.0.2"))
                    .isInstanceOf(Failure.ConnectionRefused.class);
        }
    }

    @Test
    void dialsNobodyWhenItWasCancelledBefore() throws Exception {
        cancellation.cancel();
        try (ServerSocket server = listener("127.0.0.1")) {
            assertThat(failure(server.getLocalPort(), LIMIT, "127.0.0.1"))
                    .isEqualTo(new Failure.Cancelled(Phase.CONNECT));
        }
    }

    @Test
    void takesAResetForALostConnectionAndNotForANetworkThatCannotBeReached() throws Exception {
        try (Checks checks = new Checks();
                ScriptedServer server = ScriptedServer.of(ScriptedServer.Peer::reset)) {
            Endpoint endpoint = Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE);

            for (int i = 0; i < CONNECTIONS; i++) {
                assertThat(Checks.failure(checks.run(endpoint))).isInstanceOf(Failure.ConnectionLost.class);
            }
        }
    }

    private Socket dial(int port, Duration limit, String... literals) throws FailureException {
        Socket socket = dialer(port, Optional.empty(), limit).dial(addresses(literals));
        sockets.add(socket);
        return socket;
    }

    private Failure failure(int port, Duration limit, String... literals) {
        return assertThrows(FailureException.class, () -> dial(port, limit, literals))
                .failure();
    }

    private Dialer dialer(int port, Optional<String> bind, Duration limit) {
        return new Dialer(port, bind.map(InetAddress::ofLiteral), limit, Optional.empty(), cancellation, progress::add);
    }

    private static List<InetAddress> addresses(String... literals) {
        return Stream.of(literals).map(InetAddress::ofLiteral).toList();
    }

    private static ServerSocket listener(String address) throws IOException {
        return new ServerSocket(0, 5, InetAddress.ofLiteral(address));
    }

    private static int freePort() throws IOException {
        try (ServerSocket server = listener("127.0.0.1")) {
            return server.getLocalPort();
        }
    }

    /** Connects until nobody is let in any more, since nobody accepts. */
    private void fill(ServerSocket deaf) throws IOException {
        while (true) {
            Socket socket = new Socket();
            sockets.add(socket);
            try {
                socket.connect(new InetSocketAddress(deaf.getInetAddress(), deaf.getLocalPort()), 200);
            } catch (SocketTimeoutException _) {
                return;
            }
        }
    }
}
