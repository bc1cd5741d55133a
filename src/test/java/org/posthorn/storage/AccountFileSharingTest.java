package org.posthorn.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AccountFileSharingTest {
    @TempDir
    Path folder;

    private Path path = Path.of("");

    @BeforeEach
    void begin() {
        path = folder.resolve("accounts.json");
    }

    @Test
    void twoProgramsThatWriteAtTheSameTimeLoseNothing() throws Exception {
        Process window = writer("window", 25).start();
        Process terminal = writer("terminal", 25).start();

        assertThat(window.waitFor()).isZero();
        assertThat(terminal.waitFor()).isZero();
        assertThat(names()).containsExactlyInAnyOrderElementsOf(both("window", "terminal", 25));
    }

    @Test
    void threadsWithFilesOfTheirOwnLoseNothing() throws Exception {
        Runnable first = () -> write("first", 25);
        Runnable second = () -> write("second", 25);

        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Future<?> done : List.of(threads.submit(first), threads.submit(second))) {
                done.get();
            }
        }

        assertThat(names()).containsExactlyInAnyOrderElementsOf(both("first", "second", 25));
    }

    @Test
    void aProgramThatIsKilledLeavesAWholeFileWithAllThatItSaidToBeSaved() throws Exception {
        Process writer = writer("killed", 100_000).start();
        List<String> said = new ArrayList<>();
        try (BufferedReader out = writer.inputReader()) {
            for (String line = out.readLine(); line != null && said.size() < 20; line = out.readLine()) {
                said.add(line);
            }
            writer.destroyForcibly().waitFor();
        }

        assertThat(names()).containsAll(said);
        assertThat(open().put(Samples.account("after"))).isInstanceOf(Saved.Written.class);
        assertThat(names()).contains("after");
        assertThat(parts()).isEmpty();
    }

    /** A limit on the size of files stands in for a full disk: the write fails in its middle. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aDiskThatIsFullLeavesTheFileAsItWas() throws Exception {
        write("before", 1);
        byte[] before = Files.readAllBytes(path);

        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 1; exec \"$@\"", "sh"));
        List<String> writer = writer("full", 1).command();
        command.add(writer.getFirst());
        command.add("-XX:-UsePerfData");
        command.addAll(writer.subList(1, writer.size()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).contains("could not be saved");
        assertThat(Files.readAllBytes(path)).isEqualTo(before);
        assertThat(parts()).isEmpty();
    }

    @Test
    void saysThatAnotherProgramHoldsTheFile() throws IOException {
        AccountFile impatient = new AccountFile(path, Clock.systemUTC(), Schema.present(), Duration.ofMillis(20));
        Path lock = folder.resolve("accounts.json.lock");

        try (FileChannel held = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            held.lock();

            assertThat(impatient.put(Samples.account("alice")))
                    .asInstanceOf(type(Saved.Refused.class))
                    .extracting(Saved.Refused::sentence)
                    .asString()
                    .contains("another program is using it");
        }
        assertThat(impatient.put(Samples.account("alice"))).isInstanceOf(Saved.Written.class);
    }

    @Test
    void anAccountThatTwoProgramsHaveChangedIsKeptInBothVersions() {
        SavedAccount alice = Samples.account("alice");
        AccountFile window = open();
        window.put(alice);
        AccountFile terminal = open();
        terminal.load();
        terminal.put(Samples.renamed(alice, "alice of the terminal"));

        Saved saved = window.put(Samples.renamed(alice, "alice of the window"));

        assertThat(saved)
                .asInstanceOf(type(Saved.Written.class))
                .extracting(Saved.Written::sentence)
                .asString()
                .contains("alice of the terminal (changed elsewhere)");
        assertThat(names())
                .containsExactlyInAnyOrder("alice of the window", "alice of the terminal (changed elsewhere)");
    }

    @Test
    void theSameChangeByTwoProgramsIsOneChange() {
        SavedAccount alice = Samples.account("alice");
        AccountFile window = open();
        window.put(alice);
        AccountFile terminal = open();
        terminal.load();
        terminal.put(Samples.renamed(alice, "alison"));

        assertThat(window.put(Samples.renamed(alice, "alison")))
                .isEqualTo(new Saved.Written(
                        List.of(Samples.renamed(alice, "alison").withoutSecrets()), ""));
    }

    @Test
    void anAccountThatAnotherProgramHasChangedIsNotDeleted() {
        SavedAccount alice = Samples.account("alice");
        AccountFile window = open();
        window.put(alice);
        AccountFile terminal = open();
        terminal.load();
        terminal.put(Samples.renamed(alice, "alice of the terminal"));

        Saved first = window.remove(alice.id());
        Saved second = window.remove(alice.id());

        assertThat(first)
                .asInstanceOf(type(Saved.Written.class))
                .extracting(Saved.Written::sentence)
                .asString()
                .contains("was not deleted");
        assertThat(second).isEqualTo(new Saved.Written(List.of(), ""));
    }

    @Test
    void whatOnlyTheOtherProgramHasChangedIsTakenOver() {
        SavedAccount alice = Samples.account("alice");
        AccountFile window = open();
        window.put(alice);
        AccountFile terminal = open();
        terminal.load();
        terminal.put(Samples.renamed(alice, "alice of the terminal"));

        Saved saved = window.put(Samples.account("bob"));

        assertThat(saved)
                .asInstanceOf(type(Saved.Written.class))
                .satisfies(written -> assertThat(written.sentence()).isEmpty())
                .extracting(written ->
                        written.accounts().stream().map(SavedAccount::name).toList())
                .isEqualTo(List.of("alice of the terminal", "bob"));
    }

    private void write(String name, int count) {
        AccountFile file = open();
        for (int number = 0; number < count; number++) {
            assertThat(file.put(Samples.account(name + number))).isInstanceOf(Saved.Written.class);
        }
    }

    private ProcessBuilder writer(String name, int count) {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AccountWriter.class.getName(),
                        path.toString(),
                        name,
                        Integer.toString(count))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private AccountFile open() {
        return new AccountFile(path, Clock.systemUTC());
    }

    private List<String> names() {
        return open().load().accounts().stream().map(SavedAccount::name).toList();
    }

    private List<Path> parts() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.part")) {
            List<Path> all = new ArrayList<>();
            found.forEach(all::add);
            return all;
        }
    }

    private static List<String> both(String first, String second, int count) {
        List<String> names = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            names.add(first + number);
            names.add(second + number);
        }
        return names;
    }
}
