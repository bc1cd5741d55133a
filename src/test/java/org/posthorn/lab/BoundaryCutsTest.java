package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Endpoint;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.mailbox.bulk.DownloadResult;
import org.posthorn.mailbox.bulk.FolderSurvey;
import org.posthorn.mailbox.bulk.MailboxSurvey;
import org.posthorn.mailbox.bulk.SurveyResult;
import org.posthorn.mailbox.bulk.UploadResult;
import org.posthorn.mailbox.bulk.WorkEnd;
import org.posthorn.mailbox.watch.MailboxWatch;
import org.posthorn.mailbox.watch.WatchEnd;
import org.posthorn.mailbox.watch.WatchEvent;
import org.posthorn.testkit.BoundaryRelay;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.transport.Cancellation;

/**
 * Each kind of work with Dovecot, cut before and after each of its commands and once more in the login that follows: each
 * message comes once. Only a first login that is cut ends the work, before it has begun.
 */
@WithLab
@ExtendWith(NothingLeft.class)
@Timeout(300)
class BoundaryCutsTest {
    private static final int FEW = 5;

    private final BrokenWork work;

    @TempDir
    private Path files;

    BoundaryCutsTest(Lab lab) {
        this.work = new BrokenWork(lab, lab.server("dovecot", "limit10"));
    }

    @AfterEach
    void close() {
        work.close();
    }

    private void atEveryBoundary(String protocol, BoundaryRelay.Work each) throws Exception {
        List<Integer> cuts = BoundaryRelay.atEveryBoundary(work.server().port(protocol), each);

        assertThat(cuts).as("boundaries of each side").allMatch(count -> count >= FEW);
    }

    private Endpoint endpoint(String protocol, int port) {
        return work.endpoint(protocol, 1).withPort(port);
    }

    /** Returns whether the work was done; otherwise it has never begun. */
    private static boolean isDone(WorkEnd end, String cut) {
        WorkEnd.Outcome expected = end.most() == 0 ? WorkEnd.Outcome.FAILED : WorkEnd.Outcome.COMPLETE;
        assertThat(end.outcome()).as("%s: %s", cut, end.progress().notices()).isEqualTo(expected);
        return end.most() > 0;
    }

    @Test
    void anUploadLosesAndDoublesNothing() throws Exception {
        atEveryBoundary("imap", (port, cut) -> {
            String folder = "Up-" + cut;
            UploadResult result =
                    work.upload(endpoint("imap", port), files.resolve("messages.mbox"), folder, FEW, _ -> {});

            if (isDone(result.end(), cut)) {
                assertThat(work.idsOnServer(folder)).as(cut).containsExactlyInAnyOrderElementsOf(BrokenWork.ids(FEW));
            }
        });
    }

    @Test
    void aDownloadByImapLosesAndDoublesNothing() throws Exception {
        work.fill("Down", FEW);
        atEveryBoundary("imap", (port, cut) -> {
            DownloadResult result = work.download(endpoint("imap", port), files.resolve(cut), List.of("Down"), _ -> {});

            if (isDone(result.end(), cut)) {
                assertThat(BrokenWork.idsOnDisk(files.resolve(cut).resolve("Down.mbox")))
                        .as(cut)
                        .containsExactlyInAnyOrderElementsOf(BrokenWork.ids(FEW));
            }
        });
    }

    @Test
    void aDownloadByPop3LosesAndDoublesNothing() throws Exception {
        work.fill("INBOX", FEW);
        atEveryBoundary("pop3", (port, cut) -> {
            DownloadResult result = work.download(endpoint("pop3", port), files.resolve(cut), List.of(), _ -> {});

            if (isDone(result.end(), cut)) {
                assertThat(BrokenWork.idsOnDisk(files.resolve(cut).resolve("INBOX.mbox")))
                        .as(cut)
                        .containsExactlyInAnyOrderElementsOf(BrokenWork.ids(FEW));
            }
        });
    }

    @Test
    void aSurveyCountsEachMessageOnce() throws Exception {
        work.fill("INBOX", FEW);
        work.fill("Counted", FEW);
        atEveryBoundary("imap", (port, cut) -> {
            SurveyResult result = work.with(
                    endpoint("imap", port), client -> new MailboxSurvey(client).run(new Cancellation(), _ -> {}));

            if (isDone(result.end(), cut)) {
                assertThat(result.folders().stream()
                                .filter(folder -> List.of("INBOX", "Counted").contains(folder.name()))
                                .map(FolderSurvey::messages))
                        .as(cut)
                        .containsExactly((long) FEW, (long) FEW);
            }
        });
    }

    @Test
    void aWatchTellsOfEachMessageOnce() throws Exception {
        work.fill("INBOX", 0);
        atEveryBoundary("imap", (port, cut) -> {
            List<String> sent = BrokenWork.ids(FEW).stream()
                    .map(id -> id.replace("<", "<" + cut + "-"))
                    .toList();
            List<String> told = new ArrayList<>();
            Cancellation cancellation = new Cancellation();
            WatchEnd end = work.with(
                    endpoint("imap", port),
                    client -> new MailboxWatch(client, new MailboxName("INBOX"), work.timer())
                            .run(cancellation, event -> {
                                switch (event) {
                                    case WatchEvent.Began _ -> work.deliver(sent);
                                    case WatchEvent.Arrived(int _, var message) -> told.add(message.messageId());
                                    case WatchEvent.Lost _, WatchEvent.Resumed _, WatchEvent.Removed _ -> {}
                                }
                                if (told.size() >= sent.size()) {
                                    cancellation.cancel();
                                }
                            }));

            boolean began = !told.isEmpty();
            assertThat(end.outcome()).as(cut).isEqualTo(began ? WatchEnd.Outcome.ENDED : WatchEnd.Outcome.FAILED);
            assertThat(told).as(cut).isEqualTo(began ? sent : List.of());
        });
    }
}
