package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.ManualTimer;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;

/** Sleep and another network are found at once, and what becomes of connections is told. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class NetworkWatchTest {
    private final ManualTimer timer = new ManualTimer();
    private final Checks checks = new Checks();
    private final SetClock clock = new SetClock();
    private final AtomicReference<Set<String>> addresses = new AtomicReference<>(Set.of("192.0.2.1", "127.0.0.1"));
    private final BlockingQueue<NetworkChange> changes = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        timer.shutdownNow();
        checks.close();
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.EPOCH;

        synchronized void pass(Duration span) {
            now = now.plus(span);
        }

        @Override
        public synchronized Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private void look(Duration later) {
        clock.pass(later);
        timer.elapseNext();
    }

    private NetworkChange next() throws InterruptedException {
        NetworkChange change = changes.poll(30, TimeUnit.SECONDS);
        assertThat(change).isNotNull();
        return change;
    }

    @Test
    void tellsThatTheMachineSleptAndThatItsAddressIsGone() throws Exception {
        try (var _ = new NetworkWatch(timer, clock, addresses::get, changes::add)) {
            look(Duration.ofSeconds(2));
            // A busy machine is late.
            look(Duration.ofSeconds(9));
            look(Duration.ofMinutes(10));
            assertThat(next()).isEqualTo(new NetworkChange.Woke(Duration.ofSeconds(598)));

            addresses.set(Set.of("127.0.0.1", "198.51.100.9"));
            look(Duration.ofSeconds(2));
            assertThat(next()).isEqualTo(new NetworkChange.AddressesGone(Set.of("192.0.2.1")));
            look(Duration.ofSeconds(2));
            // The system did not tell, which happens while interfaces come and go.
            addresses.set(Set.of());
            look(Duration.ofSeconds(2));
        }
        assertThat(changes).isEmpty();
        assertThat(timer.getQueue()).isEmpty();
    }

    private static Endpoint endpoint(ScriptedServer server) {
        return Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE);
    }

    private EmailClient client(ScriptedServer server) {
        return new EmailClient(endpoint(server), checks.connector(), timer, _ -> {});
    }

    @Test
    void aConnectionFromAnAddressThatIsGoneIsGivenUpAndTheNextUseOpensAnother() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.say("* PREAUTH [CAPABILITY IMAP4rev1] in");
                    peer.answer("TAG OK noop");
                    peer.ignore();
                });
                EmailClient client = client(server)) {
            client.connect();
            ClientConnection main = client.currentConnection();
            client.networkChanged(new NetworkChange.AddressesGone(Set.of("192.0.2.1")));
            assertThat(main.state()).isEqualTo(ConnectionState.READY);

            client.networkChanged(new NetworkChange.AddressesGone(Set.of("127.0.0.1")));

            assertThat(main.state()).isEqualTo(ConnectionState.BROKEN);
            assertThat(main.timeline().failure())
                    .hasValueSatisfying(failure -> assertThat(failure)
                            .isInstanceOfSatisfying(
                                    Failure.ConnectionLost.class,
                                    lost -> assertThat(lost.detail())
                                            .isEqualTo("this machine has lost the address 127.0.0.1")));
            assertThat(checks.logText()).contains("given up: this machine has lost the address 127.0.0.1.");
            client.connect();
            assertThat(main.state()).isEqualTo(ConnectionState.READY);
            assertThat(server.connections()).isEqualTo(2);
            main.abandon("the test ends");
        }
    }

    @Test
    void aConnectionThatDoesNotAnswerAfterSleepIsGivenUpLongBeforeItsLimit() throws Exception {
        ManualTimer reminders = new ManualTimer();
        try (ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.say("* PREAUTH [CAPABILITY IMAP4rev1] in");
                    peer.answer("TAG OK noop");
                    peer.hear();
                    // The client's own limit for the answer, and no other, passes.
                    reminders.elapse();
                    peer.ignore();
                });
                EmailClient client = new EmailClient(endpoint(server), checks.connector(), reminders, _ -> {})) {
            client.connect();
            ClientConnection main = client.currentConnection();

            client.networkChanged(new NetworkChange.Woke(Duration.ofHours(1)));
            while (main.state() != ConnectionState.BROKEN) {
                Thread.onSpinWait();
            }

            assertThat(main.timeline().failure())
                    .contains(new Failure.ConnectionLost(Phase.READY, "this machine has slept for about 3600 s"));
        } finally {
            reminders.shutdownNow();
        }
    }

    @Test
    void aConnectionThatSurvivedTheSleepStaysOpen() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.say("* PREAUTH [CAPABILITY IMAP4rev1] in");
                    peer.answer("TAG OK noop");
                    peer.answer("TAG OK still here");
                    peer.answer("TAG OK and again");
                    peer.answer("* BYE", "TAG OK");
                });
                EmailClient client = client(server)) {
            client.connect();
            client.networkChanged(new NetworkChange.Woke(Duration.ofHours(1)));
            client.noop();

            assertThat(client.currentConnection().state()).isEqualTo(ConnectionState.READY);
        }
        assertThat(checks.logText()).doesNotContain("given up");
    }
}
