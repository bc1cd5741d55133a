package org.posthorn.mailbox.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.testkit.MailFiles;

/** Whatever ended the work before, each message is there once. */
class ArchiveTest {
    private static final List<String> CONTENTS = List.of("a\r\nFrom b\r\n", "", "c\n");

    @TempDir
    private Path folder;

    private static Archive open(Path folder, ArchiveFormat format) throws IOException {
        return Archive.open(folder, format, "IMAP alice at x.test");
    }

    /** Adds what is missing, as a download does; returns how many that were. */
    private static int fill(Path folder, ArchiveFormat format, List<String> contents) throws IOException {
        try (Archive archive = open(folder, format);
                ArchiveFolder inbox = archive.folder("INBOX", "INBOX", 7)) {
            inbox.open();
            int added = 0;
            for (int i = 0; i < contents.size(); i++) {
                if (!inbox.holds("" + i)) {
                    added++;
                    add(archive, inbox, "" + i, contents.get(i));
                }
            }
            return added;
        }
    }

    private static boolean add(Archive archive, ArchiveFolder to, String key, String content) throws IOException {
        try (Spool spool = archive.spool()) {
            spool.write(content.getBytes(ISO_8859_1));
            return to.add(new Arrival(key, Optional.of(Instant.EPOCH), Optional.of(List.of("\\Seen"))), spool);
        }
    }

    /** As if each byte that was written had been the last before a kill. */
    @Test
    void anMboxIsCompletedAfterAKillAtAnyByte() throws IOException {
        Path whole = folder.resolve("whole");
        fill(whole, ArchiveFormat.MBOX, CONTENTS);
        byte[] mbox = Files.readAllBytes(whole.resolve("INBOX.mbox"));
        byte[] journal = Files.readAllBytes(whole.resolve(".posthorn/INBOX.journal"));
        int states = 0;
        for (int[] state : states(journal, mbox.length)) {
            Path to = folder.resolve("state" + states++);
            Files.createDirectories(to.resolve(".posthorn"));
            Files.write(to.resolve(".posthorn/INBOX.journal"), Arrays.copyOf(journal, state[0]));
            if (state[1] >= 0) {
                Files.write(to.resolve("INBOX.mbox"), Arrays.copyOf(mbox, state[1]));
            }

            fill(to, ArchiveFormat.MBOX, CONTENTS);

            assertThat(MailFiles.messages(to.resolve("INBOX.mbox")))
                    .as("journal %d, mbox %d", state[0], state[1])
                    .isEqualTo(CONTENTS);
            assertThat(fill(to, ArchiveFormat.MBOX, CONTENTS)).isZero();
        }
        assertThat(states).isGreaterThan(mbox.length + journal.length);
    }

    @Test
    void whatIsLeftOfALongMessageIsCutOffBeforeAShortOne() throws IOException {
        fill(folder, ArchiveFormat.MBOX, CONTENTS.subList(0, 1));
        Path mbox = folder.resolve("INBOX.mbox");
        Files.writeString(
                folder.resolve(".posthorn/INBOX.journal"), "+ " + Files.size(mbox) + "\n", StandardOpenOption.APPEND);
        Files.writeString(mbox, "From a long message\n" + "x".repeat(5000), StandardOpenOption.APPEND);

        fill(folder, ArchiveFormat.MBOX, CONTENTS);

        assertThat(MailFiles.messages(mbox)).isEqualTo(CONTENTS);
    }

    /** The lengths of both files after each byte, in the order in which they are written; -1 is no file yet. */
    private static List<int[]> states(byte[] journal, int mboxLength) {
        String text = new String(journal, ISO_8859_1);
        List<int[]> states = new ArrayList<>();
        int at = 0;
        int mbox = -1;
        for (String line : text.split("(?<=\n)", -1)) {
            if (line.matches("\\d+ \\d+ \\d+\n")) {
                String[] words = line.strip().split(" ", 3);
                int end = Integer.parseInt(words[1]) + Integer.parseInt(words[2]);
                for (; mbox < end; mbox++) {
                    states.add(new int[] {at, mbox});
                }
            }
            for (int i = 0; i < line.length(); i++) {
                states.add(new int[] {at++, mbox});
            }
            mbox = Math.max(0, mbox);
        }
        states.add(new int[] {at, mboxLength});
        return states;
    }

    @Test
    void aMaildirKnowsTheMessageThatCameToItsPlaceJustBeforeAKill() throws IOException {
        fill(folder, ArchiveFormat.MAILDIR, CONTENTS);
        Path journal = folder.resolve(".posthorn/INBOX.journal");
        byte[] lines = Files.readAllBytes(journal);
        Files.write(journal, Arrays.copyOf(lines, lines.length - 2));
        Files.writeString(folder.resolve("INBOX/tmp/7.9.posthorn"), "half");

        assertThat(fill(folder, ArchiveFormat.MAILDIR, CONTENTS)).isZero();
        assertThat(MailFiles.messages(folder.resolve("INBOX"))).isEqualTo(CONTENTS);
    }

    @Test
    void aMessageThatAMailProgramRemovedFromAMaildirDoesNotComeAgain() throws IOException {
        fill(folder, ArchiveFormat.MAILDIR, CONTENTS);
        Files.delete(folder.resolve("INBOX/cur/7.1.posthorn:2,S"));

        assertThat(fill(folder, ArchiveFormat.MAILDIR, CONTENTS)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasTakenAwayComesAnew(ArchiveFormat format) throws IOException {
        fill(folder, format, CONTENTS);
        Path place = folder.resolve(format == ArchiveFormat.MBOX ? "INBOX.mbox" : "INBOX");
        Files.move(place, folder.resolve("elsewhere"), StandardCopyOption.ATOMIC_MOVE);

        assertThat(fill(folder, format, CONTENTS)).isEqualTo(3);
        assertThat(MailFiles.messages(place)).isEqualTo(CONTENTS);
    }

    @Test
    void whatAnotherProgramHasPutIntoAnMboxIsNotLost() throws IOException {
        fill(folder, ArchiveFormat.MBOX, CONTENTS);
        Path mbox = folder.resolve("INBOX.mbox");
        Files.writeString(mbox, "From me\n\nmine\n\n", StandardOpenOption.APPEND);
        byte[] before = Files.readAllBytes(mbox);

        assertThatThrownBy(() -> fill(folder, ArchiveFormat.MBOX, CONTENTS))
                .isInstanceOf(ArchiveProblem.class)
                .hasMessageContaining("was changed by another program");
        assertThat(mbox).hasBinaryContent(before);
    }

    @Test
    void filesThatAreNotFromHereAreNotTouched() throws IOException {
        Files.writeString(folder.resolve("INBOX.mbox"), "mine");

        fill(folder, ArchiveFormat.MBOX, CONTENTS);
        fill(folder, ArchiveFormat.MBOX, CONTENTS);

        assertThat(folder.resolve("INBOX.mbox")).hasContent("mine");
        assertThat(MailFiles.messages(folder.resolve("INBOX~2.mbox"))).isEqualTo(CONTENTS);
        assertThat(folder.resolve("INBOX~3.mbox")).doesNotExist();
    }

    @Test
    void namesThatDifferInCaseAloneGetDifferentFiles() throws IOException {
        for (int run = 0; run < 2; run++) {
            try (Archive archive = open(folder, ArchiveFormat.MBOX)) {
                // Whichever is asked for first in a later run.
                List<String> names = run == 0 ? List.of("Sent", "SENT", "sent") : List.of("sent", "SENT", "Sent");
                for (String name : names) {
                    ArchiveFolder each = archive.folder(name, name, 7);
                    each.open();
                    add(archive, each, "1", name + "\n");
                }
            }
        }

        assertThat(MailFiles.messages(folder.resolve("Sent.mbox"))).containsExactly("Sent\n");
        assertThat(MailFiles.messages(folder.resolve("SENT~2.mbox"))).containsExactly("SENT\n");
        assertThat(MailFiles.messages(folder.resolve("sent~3.mbox"))).containsExactly("sent\n");
    }

    @Test
    void longNamesAreCutAndStayApart() throws IOException {
        String name = "ü".repeat(300);
        try (Archive archive = open(folder, ArchiveFormat.MBOX)) {
            ArchiveFolder one = archive.folder(name + "1", name + "1", 7);
            ArchiveFolder other = archive.folder(name + "2", name + "2", 7);
            one.open();
            other.open();

            assertThat(one.file()).isNotEqualTo(other.file());
            assertThat(FileNames.decode(one.file())).startsWith("ü".repeat(25) + ".mbox");
        }
    }

    @Test
    void twoProgramsDoNotWriteIntoOneFolder() throws IOException {
        try (Archive _ = open(folder, ArchiveFormat.MBOX)) {
            assertThatThrownBy(() -> open(folder, ArchiveFormat.MBOX))
                    .isInstanceOf(ArchiveProblem.class)
                    .hasMessageContaining("another Posthorn");
        }
        open(folder, ArchiveFormat.MBOX).close();
    }

    @Test
    void anotherMailboxOrFormatIsNotMixedIn() throws IOException {
        open(folder, ArchiveFormat.MBOX).close();

        assertThatThrownBy(() -> open(folder, ArchiveFormat.MAILDIR))
                .isInstanceOf(ArchiveProblem.class)
                .hasMessageContaining("holds the messages of IMAP alice at x.test as mbox");
        assertThatThrownBy(() -> Archive.open(folder, ArchiveFormat.MBOX, "IMAP bob at x.test"))
                .isInstanceOf(ArchiveProblem.class);
    }

    @Test
    void aDamagedJournalIsTold() throws IOException {
        fill(folder, ArchiveFormat.MBOX, CONTENTS);
        Files.writeString(folder.resolve(".posthorn/INBOX.journal"), "garbage\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> fill(folder, ArchiveFormat.MBOX, CONTENTS))
                .isInstanceOf(ArchiveProblem.class)
                .hasMessageContaining("INBOX.journal is damaged");
    }

    @Test
    void whatIsOnItsWayAtAKillIsRemoved() throws IOException {
        Files.createDirectories(folder.resolve(".posthorn"));
        Files.writeString(folder.resolve(".posthorn/.part-123"), "half a message");

        open(folder, ArchiveFormat.MBOX).close();

        try (Stream<Path> files = Files.list(folder.resolve(".posthorn"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("lock", "mailbox");
        }
    }
}
