package org.posthorn.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.LogSettings;
import org.posthorn.timeline.Phase;

class LogFileTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    private Path folder;

    static boolean hasFullDevice() {
        return Files.isWritable(FULL);
    }

    private static WireEvent event(int connection, Direction direction, String text, long nanos) {
        return new WireEvent(
                0, Instant.parse("2026-11-23T10:41:07.200Z"), nanos, connection, direction, Phase.LOGIN, text);
    }

    private static WireEvent event(String text) {
        return event(1, Direction.CLIENT, text, 0);
    }

    @Test
    void writesOneLinePerEvent() throws IOException {
        Path path = folder.resolve("posthorn.log");
        try (LogFile file = LogFile.open(path)) {
            file.accept(event(1, Direction.CLIENT, "a1 NOOP", 0));
            file.accept(event(12, Direction.SERVER, "a1 OK Grüße", 1));
            file.accept(event(12, Direction.STATE, "Ready", 2));
            assertThat(Files.readString(path).lines())
                    .containsExactly(
                            "2026-11-23T10:41:07.200Z #1 C a1 NOOP",
                            "2026-11-23T10:41:07.200Z #12 S a1 OK Grüße",
                            "2026-11-23T10:41:07.200Z #12 • Ready");
            assertThat(file.problem()).isEmpty();
        }
    }

    private static WireEvent at(String time) {
        return new WireEvent(0, Instant.parse(time), 0, 1, Direction.CLIENT, Phase.LOGIN, time);
    }

    @Test
    @DisplayName("use_date_in_log_file_name: another file begins at local midnight while the session goes on")
    void beginsAnotherFileAtMidnightHereWhereTheDateIsInTheName() throws IOException {
        Path plain = folder.resolve("made/posthorn.log");
        Clock vienna = Clock.fixed(Instant.parse("2026-11-23T22:00:00Z"), ZoneId.of("Europe/Vienna"));
        LogSettings settings = new LogSettings(true, Optional.of(plain), true);

        try (LogFile file = LogFile.of(settings, Path.of("unused"), vienna).orElseThrow()) {
            file.accept(at("2026-11-23T22:59:59Z"));
            file.accept(at("2026-11-23T23:00:00Z"));
            file.accept(at("2026-11-24T12:00:00Z"));
            assertThat(file.problem()).isEmpty();
        }

        assertThat(plain).doesNotExist();
        assertThat(Files.readString(plain.resolveSibling("posthorn-2026-11-23.log"))
                        .lines())
                .hasSize(1);
        assertThat(Files.readString(plain.resolveSibling("posthorn-2026-11-24.log"))
                        .lines())
                .hasSize(2);
    }

    @Test
    void theDateStandsBehindANameWithoutAnEnding() throws IOException {
        Clock clock = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
        LogFile.of(new LogSettings(true, Optional.of(folder.resolve("mail")), true), folder, clock)
                .orElseThrow()
                .close();

        assertThat(folder.resolve("mail-2026-11-23")).exists();
    }

    @Test
    @DisplayName("enable_logger: there is a file only where the settings want one, and it is where they say")
    void isWhereTheSettingsSayAndOnlyWhereTheyWantOne() {
        Clock clock = Clock.systemUTC();
        Path usual = folder.resolve("logs/posthorn.log");
        assertThat(LogFile.of(LogSettings.defaults(), usual, clock)).isEmpty();

        LogFile.of(LogSettings.defaults().withEnabled(true), usual, clock)
                .orElseThrow()
                .close();

        assertThat(usual).exists();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFolderThatVanishedBeforeMidnightIsToldAndStopsNothing() throws IOException {
        Path plain = folder.resolve("made/posthorn.log");
        Clock clock = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
        LogFile file = LogFile.of(new LogSettings(true, Optional.of(plain), true), folder, clock)
                .orElseThrow();
        file.accept(at("2026-11-23T12:00:00Z"));
        Files.delete(plain.resolveSibling("posthorn-2026-11-23.log"));
        Files.delete(plain.getParent());
        Files.writeString(plain.getParent(), "a file in the folder's place");

        file.accept(at("2026-11-24T12:00:00Z"));

        assertThat(file.problem().orElseThrow()).contains("posthorn-2026-11-24.log", "choose another place");
        file.accept(at("2026-11-24T12:00:01Z"));
        file.close();
    }

    @Test
    void continuesAFileThatIsThere() throws IOException {
        Path path = folder.resolve("posthorn.log");
        Files.writeString(path, "before\n");

        try (LogFile file = LogFile.open(path)) {
            file.accept(event("after"));
        }

        assertThat(Files.readString(path)).startsWith("before\n").endsWith(" after\n");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("log_file_name: made with its folders, readable for its owner alone")
    void isReadableForItsOwnerAlone() throws IOException {
        Path fresh = folder.resolve("made/for/it/posthorn.log");
        Path old = Files.createFile(
                folder.resolve("old.log"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));

        LogFile.open(fresh).close();
        LogFile.open(old).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh.getParent())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old)))
                .isEqualTo("rw-------");
    }

    @Test
    void saysWhyItCannotBeOpened() throws IOException {
        Path path = Files.createFile(folder.resolve("file")).resolve("posthorn.log");

        try (LogFile file = LogFile.open(path)) {
            file.accept(event("lost"));

            assertThat(file.problem())
                    .hasValueSatisfying(problem -> assertThat(problem)
                            .startsWith("The log file " + path + " cannot be opened: " + path.getParent()
                                    + " is not a folder.")
                            .endsWith("choose another place for the log file."));
        }
    }

    @Test
    void saysThatAFolderIsNoFile() {
        try (LogFile file = LogFile.open(folder)) {
            assertThat(file.problem()).isPresent();
        }
    }

    @Test
    @EnabledIf("hasFullDevice")
    void stopsWhenTheDiskIsFull() throws IOException {
        var permissions = Files.getPosixFilePermissions(FULL);
        try (LogFile file = LogFile.open(FULL)) {
            assertThat(file.problem()).isEmpty();

            file.accept(event("lost"));
            file.accept(event("lost"));

            assertThat(file.problem())
                    .hasValueSatisfying(
                            problem -> assertThat(problem).startsWith("The log file /dev/full cannot be written: "));
        }
        assertThat(Files.getPosixFilePermissions(FULL)).isEqualTo(permissions);
    }

    @Test
    void writesNothingMoreAfterAFailure() throws IOException {
        Path path = Files.createFile(folder.resolve("posthorn.log"));
        Failing stream = new Failing();

        try (LogFile file = new LogFile(path, stream)) {
            file.accept(event("one"));
            file.accept(event("two"));
            file.accept(event("three"));

            assertThat(file.problem())
                    .contains("The log file " + path + " cannot be written: No space left. "
                            + "Nothing more is written to it; choose another place for the log file.");
        }
        assertThat(stream.writes).isEqualTo(2);
        assertThat(stream.closed).isTrue();
    }

    @Test
    void noticesThatItsFolderHasVanished() throws IOException {
        Path path = folder.resolve("gone/posthorn.log");
        try (LogFile file = LogFile.open(path)) {
            file.accept(event(1, Direction.CLIENT, "kept", 0));
            Files.delete(path);
            Files.delete(path.getParent());

            file.accept(event(1, Direction.CLIENT, "a moment later", 1));
            assertThat(file.problem()).isEmpty();
            file.accept(event(1, Direction.CLIENT, "a second later", TimeUnit.SECONDS.toNanos(1)));

            assertThat(file.problem())
                    .hasValueSatisfying(
                            problem -> assertThat(problem).startsWith("The log file " + path + " is gone: "));
        }
    }

    @Test
    void noticesAtTheEndThatItWasDeleted() throws IOException {
        Path path = folder.resolve("posthorn.log");
        LogFile file = LogFile.open(path);
        file.accept(event("kept"));
        Files.delete(path);

        file.close();

        assertThat(file.problem()).isPresent();
    }

    @Test
    void outlivesAnInterruptOfTheThreadThatWrites() throws IOException {
        Path path = folder.resolve("posthorn.log");
        try (LogFile file = LogFile.open(path)) {
            Thread.currentThread().interrupt();
            file.accept(event("one"));
            assertThat(Thread.interrupted()).isTrue();
            file.accept(event("two"));
        }

        assertThat(Files.readString(path)).contains("one").contains("two");
    }

    @Test
    void ignoresEventsAfterItIsClosed() throws IOException {
        Path path = folder.resolve("posthorn.log");
        LogFile file = LogFile.open(path);
        file.close();
        file.accept(event("late"));
        file.close();

        assertThat(Files.readString(path)).isEmpty();
        assertThat(file.problem()).isEmpty();
    }

    private static final class Failing extends OutputStream {
        private int writes;
        private boolean closed;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            writes++;
            if (!new String(bytes, offset, length, UTF_8).contains("one")) {
                throw new IOException("No space left");
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
