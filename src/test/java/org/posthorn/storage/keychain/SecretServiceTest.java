package org.posthorn.storage.keychain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testkit.Canary;
import org.posthorn.testkit.lab.WithLab;

/** The real libsecret against a real GNOME Keyring, on a session bus of their own. */
@WithLab
class SecretServiceTest {
    private static final long PATIENT = 60_000;
    private static final String PASSWORD = "canary-Pa55 wörd";

    @TempDir
    Path folder;

    @Test
    void keepsASecretBeyondTheProgramAndRemovesIt() throws IOException {
        try (DesktopSession session = new DesktopSession(folder)) {
            session.startKeyring("opens it");
            DesktopSession.Program first = session.program(PATIENT);

            assertThat(first.ask("find 1/imap/password")).isEqualTo("nothing");
            assertThat(first.ask("put 1/imap/password earlier")).isEqualTo("done");
            assertThat(first.ask("put 1/imap/password " + PASSWORD)).isEqualTo("done");
            DesktopSession.Program second = session.program(PATIENT);
            assertThat(second.ask("find 1/imap/password")).isEqualTo("found " + PASSWORD);
            assertThat(second.ask("find 1/smtp/password")).isEqualTo("nothing");
            assertThat(second.ask("remove 1/imap/password")).isEqualTo("done");
            assertThat(second.ask("remove 1/imap/password")).isEqualTo("done");
            assertThat(first.ask("find 1/imap/password")).isEqualTo("nothing");
        }
    }

    @Test
    void leavesNoTraceOfTheSecretInAnyFile() throws IOException {
        try (DesktopSession session = new DesktopSession(folder)) {
            session.startKeyring("opens it");
            assertThat(session.program(PATIENT).ask("put 1/imap/password " + PASSWORD))
                    .isEqualTo("done");

            assertThat(session.files())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(
                                    new Canary(PASSWORD).traceIn(Files.readString(file, StandardCharsets.ISO_8859_1)))
                            .isEmpty());
        }
    }

    /** Nobody can unlock it here, since nothing can ask. */
    @Test
    void saysThatTheKeychainIsLocked() throws IOException {
        try (DesktopSession session = new DesktopSession(folder)) {
            session.startKeyring("opens it");
            DesktopSession.Program program = session.program(PATIENT);
            assertThat(program.ask("put 1/imap/password " + PASSWORD)).isEqualTo("done");

            session.lock();

            assertThat(program.ask("find 1/imap/password")).startsWith("LOCKED The keychain is locked");
            assertThat(program.ask("put 1/imap/password other")).startsWith("LOCKED");
            assertThat(program.ask("remove 1/imap/password")).startsWith("LOCKED");
            assertThat(program.ask("find 1/smtp/password")).isEqualTo("nothing");
            assertThat(program.ask("remove 1/smtp/password")).isEqualTo("done");
        }
    }

    @Test
    void saysThatTheKeychainHasVanishedAndFindsItAgain() throws IOException {
        try (DesktopSession session = new DesktopSession(folder)) {
            session.startKeyring("opens it");
            DesktopSession.Program program = session.program(PATIENT);
            assertThat(program.ask("put 1/imap/password " + PASSWORD)).isEqualTo("done");

            session.endKeyring();
            assertThat(program.ask("find 1/imap/password")).startsWith("VANISHED The keychain does not answer");
            session.startKeyring("opens it");

            assertThat(program.ask("find 1/imap/password")).isEqualTo("found " + PASSWORD);
        }
    }

    @Test
    void outlivesTheSessionBus() throws IOException {
        try (DesktopSession session = new DesktopSession(folder)) {
            session.startKeyring("opens it");
            DesktopSession.Program program = session.program(PATIENT);
            assertThat(program.ask("put 1/imap/password " + PASSWORD)).isEqualTo("done");

            session.endBus();

            assertThat(program.ask("find 1/imap/password")).startsWith("VANISHED");
            assertThat(program.process().isAlive()).isTrue();
        }
    }

    @Test
    void saysThatNothingOnTheBusIsAKeychain() throws IOException {
        try (DesktopSession session = new DesktopSession(folder)) {
            assertThat(session.program(PATIENT).ask("find 1/imap/password"))
                    .startsWith("MISSING This session has no keychain that answers");
        }
    }

    @Test
    void saysThatTheKeychainHasNoCollection() throws IOException {
        try (DesktopSession session = new DesktopSession(folder)) {
            session.startKeyringWithoutCollection();
            DesktopSession.Program program = session.program(PATIENT);

            assertThat(program.ask("find 1/imap/password")).isEqualTo("nothing");
            assertThat(program.ask("put 1/imap/password " + PASSWORD))
                    .startsWith("MISSING The keychain has no collection");
        }
    }

    @Test
    void saysThatThereIsNoSessionBus() throws IOException {
        try (DesktopSession session = new DesktopSession(folder)) {
            assertThat(session.program(PATIENT, Map.of()).ask("find 1/imap/password"))
                    .isEqualTo("MISSING This session has no keychain: it has no session bus.");
            assertThat(session.program(PATIENT, Map.of("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + folder + "/gone"))
                            .ask("put 1/imap/password " + PASSWORD))
                    .startsWith("MISSING");
        }
    }
}
