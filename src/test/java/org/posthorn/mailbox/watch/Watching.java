package org.posthorn.mailbox.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.client.EmailClient;
import org.posthorn.client.NetworkChange;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.ManualTimer;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.transport.Cancellation;

/** A watch of the inbox of a scripted server, on a thread of its own, and what it tells. */
final class Watching implements AutoCloseable {
    private final Checks checks = new Checks();
    private final ManualTimer checkups = new ManualTimer();
    private final ManualTimer timer = new ManualTimer();
    private final Cancellation cancellation = new Cancellation();
    private final CompletableFuture<EmailClient> client = new CompletableFuture<>();
    private final BlockingQueue<WatchEvent> events = new LinkedBlockingQueue<>();

    CompletableFuture<WatchEnd> begin(ScriptedServer server) {
        return begin(Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE));
    }

    CompletableFuture<WatchEnd> beginWithLogin(ScriptedServer server) {
        return begin(Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE)
                .withLogin(Login.password("bob@x.test", Secret.of("secret"))));
    }

    private CompletableFuture<WatchEnd> begin(Endpoint endpoint) {
        CompletableFuture<WatchEnd> end = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (EmailClient made = new EmailClient(endpoint, checks.connector(), checkups, _ -> {})) {
                client.complete(made);
                end.complete(new MailboxWatch(made, new MailboxName("INBOX"), timer).run(cancellation, events::add));
            } catch (RuntimeException e) {
                end.completeExceptionally(e);
            }
        });
        return end;
    }

    <E extends WatchEvent> E next(Class<E> kind) throws InterruptedException {
        WatchEvent event = events.poll(30, TimeUnit.SECONDS);
        assertThat(event).isInstanceOf(kind);
        return kind.cast(event);
    }

    /** Those of the next messages that come, whatever else is told meanwhile. */
    List<String> subjects(int count) throws InterruptedException {
        List<String> subjects = new ArrayList<>();
        while (subjects.size() < count) {
            WatchEvent event = events.poll(30, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            if (event instanceof WatchEvent.Arrived(int _, Arrival message)) {
                subjects.add(message.subject());
            }
        }
        return subjects;
    }

    /** What nobody has asked for yet. */
    List<WatchEvent> events() {
        return List.copyOf(events);
    }

    /** The time of the IDLE under way is over. */
    void endIdle() {
        timer.elapseNext();
    }

    void networkChanged(NetworkChange change) throws Exception {
        client.get().networkChanged(change);
    }

    void cancel() {
        cancellation.cancel();
    }

    @Override
    public void close() {
        checkups.shutdownNow();
        timer.shutdownNow();
        checks.close();
    }
}
