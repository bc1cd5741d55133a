package org.posthorn.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountFileDamageTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Path path = Path.of("");
    private AccountFile file = new AccountFile(path, CLOCK);

    @BeforeEach
    void begin() {
        path = folder.resolve("accounts.json");
        file = new AccountFile(path, CLOCK);
    }

    @Test
    void saysThatAFileIsUnreadableAndLeavesIt() throws IOException {
        Files.writeString(path, "{\n \"schema\": 1,\n oops");

        assertThat(file.load())
                .asInstanceOf(type(Opened.Unreadable.class))
                .extracting(Opened.Unreadable::sentence)
                .asString()
                .contains(path.toString())
                .contains("line 3 is not JSON");
        assertThat(path).hasContent("{\n \"schema\": 1,\n oops");
    }

    @Test
    void keepsAnUnreadableFileBesideTheNewOne() throws IOException {
        Files.writeString(path, "not mine");

        Saved saved = file.put(Samples.account("alice"));

        Path kept = folder.resolve("accounts-unreadable-2026-11-23.json");
        assertThat(saved)
                .asInstanceOf(type(Saved.Written.class))
                .extracting(Saved.Written::sentence)
                .asString()
                .contains(kept.toString());
        assertThat(kept).hasContent("not mine");
        assertThat(names(file.load())).containsExactly("alice");
    }

    @Test
    void keepsASecondUnreadableFileOfTheSameDayToo() throws IOException {
        Files.writeString(path, "first");
        file.put(Samples.account("alice"));
        Files.writeString(path, "second");
        file.put(Samples.account("alice"));

        assertThat(folder.resolve("accounts-unreadable-2026-11-23.json")).hasContent("first");
        assertThat(folder.resolve("accounts-unreadable-2026-11-23-2.json")).hasContent("second");
    }

    @Test
    void anotherProgramsJsonIsNotAnAccountFile() throws IOException {
        Files.writeString(path, "{\"name\": \"package\"}");

        assertThat(file.load().sentence()).contains("it is not an account file");
    }

    @Test
    void looksAtAFileOfALaterVersionAndWritesNothingToIt() throws IOException {
        file.put(Samples.account("alice"));
        String later = Files.readString(path).replace("\"schema\" : 1", "\"schema\" : 9");
        Files.writeString(path, later);

        Opened opened = file.load();
        Saved saved = file.put(Samples.account("bob"));

        assertThat(opened).isInstanceOf(Opened.ReadOnly.class);
        assertThat(names(opened)).containsExactly("alice");
        assertThat(saved)
                .asInstanceOf(type(Saved.Refused.class))
                .extracting(Saved.Refused::sentence)
                .asString()
                .contains("later version")
                .contains("schema 9");
        assertThat(path).hasContent(later);
    }

    @Test
    void migratesAnEarlierVersionAndKeepsTheOriginal() throws IOException {
        file.put(Samples.account("alice"));
        String original = Files.readString(path);
        AccountFile newer = new AccountFile(path, CLOCK, twoStepsOn(), Duration.ofSeconds(10));

        Opened opened = newer.load();
        String afterLoading = Files.readString(path);
        newer.put(Samples.account("bob"));

        assertThat(opened).isInstanceOf(Opened.Complete.class);
        assertThat(names(opened)).containsExactly("alice");
        assertThat(afterLoading).isEqualTo(original);
        assertThat(Files.readString(path)).contains("\"schema\" : 3", "\"first\"", "\"second\"");
        assertThat(names(newer.load())).containsExactly("alice", "bob");
        assertThat(folder.resolve("accounts-schema-1.json")).hasContent(original);
    }

    @Test
    void anEntryThatCannotBeReadStaysAndTheOthersAreThere() throws IOException {
        SavedAccount alice = Samples.account("alice");
        file.put(alice);
        file.put(Samples.account("bob"));
        Files.writeString(path, Files.readString(path).replaceFirst("\"any\"", "\"quantum\""));

        Opened opened = file.load();
        file.put(Samples.account("carol"));

        assertThat(opened)
                .asInstanceOf(type(Opened.Partial.class))
                .extracting(Opened.Partial::sentence)
                .asString()
                .contains("“alice”: “security” cannot be “quantum”");
        assertThat(names(opened)).containsExactly("bob");
        assertThat(Files.readString(path)).contains("alice", "quantum", "bob", "carol");
    }

    @Test
    void entriesWrittenByHandWithoutAnIdCanBeChangedAndRemoved() throws IOException {
        String entry = "{\"name\":\"%s\",\"endpoints\":[{\"protocol\":\"imap\",\"host\":\"h\"}]}";
        Files.writeString(
                path,
                "{\"schema\":1,\"accounts\":[" + entry.formatted("alice") + "," + entry.formatted("alice") + "]}");
        List<SavedAccount> read = file.load().accounts();

        file.put(Samples.renamed(read.getFirst(), "carol"));
        file.remove(read.getLast().id());

        assertThat(names(file.load())).containsExactly("carol");
    }

    @Test
    void removesWhatAKilledProgramHasLeft() throws IOException {
        file.put(Samples.account("alice"));
        Path left = folder.resolve("accounts.json-123.part");
        Files.writeString(left, "{\"schema\": 1, \"acc");

        assertThat(names(file.load())).containsExactly("alice");
        file.put(Samples.account("bob"));

        assertThat(left).doesNotExist();
        assertThat(names(file.load())).containsExactly("alice", "bob");
    }

    @Test
    void refusesInASentenceWhereNoFolderCanBeMade() throws IOException {
        Files.writeString(folder.resolve("posthorn"), "a file");
        AccountFile inAFile = new AccountFile(folder.resolve("posthorn/accounts.json"), CLOCK);

        assertThat(inAFile.put(Samples.account("alice")))
                .asInstanceOf(type(Saved.Refused.class))
                .extracting(Saved.Refused::sentence)
                .asString()
                .contains("could not be saved")
                .contains("is not a folder")
                .contains("still in the window");
    }

    private static Schema twoStepsOn() {
        return new Schema(List.of(document -> document.put("first", true), document -> document.put("second", true)));
    }

    private static List<String> names(Opened opened) {
        return opened.accounts().stream().map(SavedAccount::name).toList();
    }
}
