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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;

/** Addresses that are tried together. */
@ExtendWith(NothingLeft.class)
@Timeout(30)
class AddressRaceTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration AT_ONCE = Duration.ofNanos(1);
    /** Longer than any test: only a failure lets the next one begin. */
    private static final Duration NEVER = Duration.ofHours(1);

    private final List<Facts.Connected> progress = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final Cancellation cancellation = new Cancellation();

    @AfterEach
    void closeWhatWasOpened() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void takesTheFamiliesInTurn() {
        assertThat(AddressRace.inTurn(addresses("2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.1")))
                .isEqualTo(addresses("2001:db8::1", "192.0.2.1", "2001:db8::2", "2001:db8::3"));
        assertThat(AddressRace.inTurn(addresses("192.0.2.1", "2001:db8::1", "192.0.2.2")))
                .isEqualTo(addresses("192.0.2.1", "2001:db8::1", "192.0.2.2"));
    }

    @Test
    void doesNotWaitForAnAddressThatSaysNothing() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                ServerSocket server = new ServerSocket(deaf.getLocalPort(), 5, InetAddress.ofLiteral("127.0.0.2"))) {
            fill(deaf);

            Socket socket = dial(AT_ONCE, LIMIT, server.getLocalPort(), "127.0.0.1", "127.0.0.2");

            assertThat(socket.getInetAddress().getHostAddress()).isEqualTo("127.0.0.2");
            assertThat(progress.getLast().tried())
                    .extracting(Facts.Attempt::address)
                    .containsExactly("127.0.0.1", "127.0.0.2");
            assertThat(progress.getLast().tried().getFirst().error())
                    .contains("given up, since another answered first");
            assertThat(progress.getLast().address()).contains("127.0.0.2");
        }
    }

    @Test
    void beginsTheNextAtOnceWhenOneFails() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.3"))) {
            Socket socket =
                    dial(NEVER, LIMIT, server.getLocalPort(), "127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4");

            assertThat(socket.getInetAddress().getHostAddress()).isEqualTo("127.0.0.3");
            assertThat(progress.getLast().tried()).hasSize(3);
        }
    }

    @Test
    void leavesAloneWhatIsNotNeeded() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            dial(NEVER, LIMIT, server.getLocalPort(), "127.0.0.1", "127.0.0.2");

            assertThat(progress.getLast().tried()).hasSize(1);
        }
    }

    @Test
    void saysWhatEachOfThemSaidWhenNoneAnswers() throws Exception {
        int free;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            free = server.getLocalPort();
        }

        Failure failure = failure(AT_ONCE, LIMIT, free, "127.0.0.1", "127.0.0.2");

        assertThat(failure).isInstanceOfSatisfying(Failure.ConnectionRefused.class, refused -> {
            assertThat(refused.tried())
                    .extracting(Facts.Attempt::address)
                    .containsExactlyInAnyOrder("127.0.0.1", "127.0.0.2");
            assertThat(refused.tried()).allMatch(attempt -> attempt.error().isPresent());
        });
    }

    @Test
    void allEndAtTheSameLimit() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            fill(deaf);

            assertThat(failure(AT_ONCE, Duration.ofMillis(200), deaf.getLocalPort(), "127.0.0.1", "127.0.0.1"))
                    .isInstanceOf(Failure.ConnectTimeout.class);
        }
    }

    @Test
    void endsAtOnceWhenItIsStopped() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            fill(deaf);
            Thread stop = Thread.ofVirtual().start(cancellation::cancel);

            assertThat(failure(AT_ONCE, LIMIT, deaf.getLocalPort(), "127.0.0.1", "127.0.0.1"))
                    .isEqualTo(new Failure.Cancelled(Phase.CONNECT));
            stop.join();
        }
    }

    @Test
    void dialsNobodyWhenItWasStoppedBefore() throws Exception {
        cancellation.cancel();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(failure(AT_ONCE, LIMIT, server.getLocalPort(), "127.0.0.1", "127.0.0.2"))
                    .isEqualTo(new Failure.Cancelled(Phase.CONNECT));
        }
    }

    private Socket dial(Duration stagger, Duration limit, int port, String... addresses) throws FailureException {
        Socket socket = dialer(stagger, limit, port).dial(addresses(addresses));
        sockets.add(socket);
        return socket;
    }

    private Failure failure(Duration stagger, Duration limit, int port, String... addresses) {
        return assertThrows(
                        FailureException.class,
                        () -> dialer(stagger, limit, port).dial(addresses(addresses)))
                .failure();
    }

    private Dialer dialer(Duration stagger, Duration limit, int port) {
        return new Dialer(port, Optional.empty(), limit, Optional.of(stagger), cancellation, progress::add);
    }

    private static List<InetAddress> addresses(String... literals) {
        return Stream.of(literals).map(InetAddress::ofLiteral).toList();
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
