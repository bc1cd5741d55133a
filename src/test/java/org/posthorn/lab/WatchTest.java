package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.account.Compression;
import org.posthorn.account.Endpoint;
import org.posthorn.account.TlsMode;
import org.posthorn.client.EmailClient;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.mailbox.watch.MailboxWatch;
import org.posthorn.mailbox.watch.WatchEnd;
import org.posthorn.mailbox.watch.WatchEvent;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.transport.Cancellation;

/** Dovecot tells of new messages by IDLE, under TLS and compressed, while another client delivers them. */
@WithLab
@ExtendWith(NothingLeft.class)
@Timeout(120)
class WatchTest {
    private final LabServer server;
    private final LabChecks checks;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final BlockingQueue<WatchEvent> events = new LinkedBlockingQueue<>();

    WatchTest(Lab lab) {
        this.server = lab.server("dovecot", "compress");
        this.checks = new LabChecks(lab);
    }

    @AfterEach
    void close() {
        timer.shutdownNow();
        checks.close();
    }

    @Test
    void tellsOfEachMessageOnce() throws Exception {
        Endpoint endpoint =
                checks.endpoint(server, "imaps", TlsMode.IMPLICIT).withLogin(LabChecks.password("bob", "secret2"));
        Cancellation cancellation = new Cancellation();
        CompletableFuture<WatchEnd> end = new CompletableFuture<>();
        try (EmailClient client = new EmailClient(
                endpoint.withConnections(endpoint.connections().withCompression(Compression.ON)),
                checks.checks().connector(),
                timer,
                _ -> {})) {
            Thread.ofVirtual()
                    .start(() -> end.complete(
                            new MailboxWatch(client, new MailboxName("INBOX"), timer).run(cancellation, events::add)));
            assertThat(events.poll(60, TimeUnit.SECONDS)).isInstanceOf(WatchEvent.Began.class);
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                sent.add("watched " + i);
            }
            deliver(sent);

            List<String> told = new ArrayList<>();
            while (told.size() < sent.size()) {
                if (events.poll(60, TimeUnit.SECONDS) instanceof WatchEvent.Arrived(int _, var message)) {
                    told.add(message.subject());
                }
            }
            cancellation.cancel();

            assertThat(told).isEqualTo(sent);
            assertThat(end.get().outcome()).isEqualTo(WatchEnd.Outcome.ENDED);
            assertThat(end.get().arrived()).isEqualTo(20);
            assertThat(events).noneMatch(WatchEvent.Arrived.class::isInstance);
        }
    }

    private void deliver(List<String> subjects) throws IOException {
        try (var dialog = new PlainImap(server.host(), server.port("imap"))) {
            dialog.command("LOGIN bob secret2");
            for (String subject : subjects) {
                String text = "Subject: " + subject + "\r\n\r\nHello\r\n";
                dialog.command("APPEND INBOX {" + text.length() + "+}\r\n" + text);
            }
            dialog.command("LOGOUT");
        }
    }
}
