package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.mailbox.bulk.DownloadResult;
import org.posthorn.mailbox.bulk.FolderSurvey;
import org.posthorn.mailbox.bulk.MailboxSurvey;
import org.posthorn.mailbox.bulk.Notice;
import org.posthorn.mailbox.bulk.Progress;
import org.posthorn.mailbox.bulk.SurveyResult;
import org.posthorn.mailbox.bulk.UploadResult;
import org.posthorn.mailbox.bulk.WorkEnd;
import org.posthorn.mailbox.watch.MailboxWatch;
import org.posthorn.mailbox.watch.WatchEnd;
import org.posthorn.mailbox.watch.WatchEvent;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.transport.Cancellation;

/** Dovecot's own processes are killed again and again while each kind of work runs: each message comes once. */
@WithLab
@ExtendWith(NothingLeft.class)
@Timeout(300)
class KilledProcessesTest {
    private static final int MESSAGES = 300;
    private static final int FOLDERS = 8;
    private static final int CONNECTIONS = 4;

    /** Messages between two blows, so that the work gets on. */
    private static final int STEP = 25;

    private final BrokenWork work;
    private final DovecotProcesses processes;
    private final AtomicInteger killed = new AtomicInteger();

    @TempDir
    private Path files;

    KilledProcessesTest(Lab lab) {
        LabServer server = lab.server("dovecot", "limit10");
        this.work = new BrokenWork(lab, server);
        this.processes = DovecotProcesses.of(lab, server);
    }

    @AfterEach
    void close() {
        work.close();
    }

    private void kill(String protocol) {
        killed.addAndGet(processes.kill(protocol));
        // Whoever is about to log in loses the connection too.
        processes.kill(protocol + "-login");
    }

    /** Kills all at every so many messages. */
    private Consumer<Progress> killing(String protocol) {
        AtomicLong blows = new AtomicLong();
        return now -> {
            long due = now.messages() / STEP;
            if (blows.getAndSet(due) < due) {
                kill(protocol);
            }
        };
    }

    private void assertComplete(WorkEnd end) {
        assertThat(killed.get()).as("killed").isGreaterThanOrEqualTo(3);
        assertThat(end.progress().notices()).hasAtLeastOneElementOfType(Notice.Lost.class);
        assertThat(end.progress().notices()).noneMatch(Notice.GivenUp.class::isInstance);
        assertThat(end.outcome()).isEqualTo(WorkEnd.Outcome.COMPLETE);
    }

    @Test
    void anUploadLosesAndDoublesNothing() throws Exception {
        UploadResult result = work.upload(
                work.endpoint("imap", CONNECTIONS),
                files.resolve("messages.mbox"),
                "Killed-Up",
                MESSAGES,
                killing("imap"));

        assertComplete(result.end());
        assertThat(work.idsOnServer("Killed-Up")).containsExactlyInAnyOrderElementsOf(BrokenWork.ids(MESSAGES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3"})
    void aDownloadLosesAndDoublesNothing(String protocol) throws Exception {
        work.fill("INBOX", MESSAGES);

        DownloadResult result =
                work.download(work.endpoint(protocol, CONNECTIONS), files, List.of(), killing(protocol));

        assertComplete(result.end());
        assertThat(BrokenWork.idsOnDisk(files.resolve("INBOX.mbox")))
                .containsExactlyInAnyOrderElementsOf(BrokenWork.ids(MESSAGES));
    }

    @Test
    void aSurveyCountsEachMessageOnce() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < FOLDERS; i++) {
            names.add("Killed-" + i);
            work.fill(names.getLast(), STEP);
        }
        Consumer<Progress> killing = killing("imap");

        SurveyResult result = work.with(
                work.endpoint("imap", CONNECTIONS),
                client -> new MailboxSurvey(client).run(new Cancellation(), killing::accept));

        assertComplete(result.end());
        assertThat(result.folders())
                .filteredOn(folder -> names.contains(folder.name()))
                .hasSize(FOLDERS)
                .extracting(FolderSurvey::messages)
                .containsOnly((long) STEP);
    }

    @Test
    void aWatchTellsOfEachMessageOnce() throws Exception {
        work.fill("INBOX", 0);
        List<String> sent = BrokenWork.ids(10);
        List<String> told = new ArrayList<>();
        Cancellation cancellation = new Cancellation();

        WatchEnd end = work.with(
                work.endpoint("imap", 1),
                client -> new MailboxWatch(client, new MailboxName("INBOX"), work.timer()).run(cancellation, event -> {
                    switch (event) {
                        case WatchEvent.Began _ -> work.deliver(sent.subList(0, 1));
                        case WatchEvent.Arrived(int _, var message) -> {
                            told.add(message.messageId());
                            kill("imap");
                            next(sent, told.size(), cancellation);
                        }
                        case WatchEvent.Lost _, WatchEvent.Resumed _, WatchEvent.Removed _ -> {}
                    }
                }));

        assertThat(end.outcome()).isEqualTo(WatchEnd.Outcome.ENDED);
        assertThat(told).isEqualTo(sent);
        assertThat(end.lost()).isGreaterThanOrEqualTo(sent.size() - 1);
    }

    private void next(List<String> sent, int told, Cancellation cancellation) {
        if (told < sent.size()) {
            work.deliver(sent.subList(told, told + 1));
        } else {
            cancellation.cancel();
        }
    }
}
