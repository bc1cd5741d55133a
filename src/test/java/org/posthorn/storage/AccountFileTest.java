package org.posthorn.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Account;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AccountFileTest {
    @TempDir
    Path folder;

    private Path path = Path.of("");
    private AccountFile file = new AccountFile(path, Clock.systemUTC());

    @BeforeEach
    void begin() {
        path = folder.resolve("posthorn/accounts.json");
        file = open();
    }

    @Test
    void aFileThatIsNotThereHoldsNoAccountAndIsNotMadeByReading() {
        assertThat(file.load()).isEqualTo(new Opened.Complete(List.of()));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatIsPutIsThereForTheNextProgram() {
        SavedAccount alice = Samples.account("alice@example.org");

        assertThat(file.put(alice)).isEqualTo(new Saved.Written(List.of(alice.withoutSecrets()), ""));
        assertThat(open().load()).isEqualTo(new Opened.Complete(List.of(alice.withoutSecrets())));
    }

    @Test
    @DisplayName("password: never reaches the account file")
    void noPasswordReachesTheDisk() throws IOException {
        file.put(Samples.account("alice@example.org"));

        assertThat(Files.readString(path)).contains("alice").doesNotContain(Samples.CANARY);
    }

    @Test
    void aPasswordWrittenIntoTheFileByHandIsTakenOutWhenItsAccountIsSaved() throws IOException {
        SavedAccount alice = Samples.account("alice");
        file.put(alice);
        Files.writeString(
                path,
                Files.readString(path).replace("\"user\"", "\"password\" : \"" + Samples.CANARY + "\", \"user\""));

        file.put(Samples.renamed(alice, "alice b"));

        assertThat(Files.readString(path)).doesNotContain(Samples.CANARY);
    }

    @Test
    void aChangedAccountReplacesTheOneOfItsId() {
        SavedAccount alice = Samples.account("alice");
        file.put(alice);
        file.put(Samples.account("bob"));

        file.put(Samples.renamed(alice, "carol"));

        assertThat(names(file.load())).containsExactly("carol", "bob");
    }

    @Test
    void aRemovedAccountIsGone() {
        SavedAccount alice = Samples.account("alice");
        file.put(alice);
        file.put(Samples.account("bob"));

        file.remove(alice.id());

        assertThat(names(open().load())).containsExactly("bob");
    }

    @Test
    void whatIsUnknownStaysWhereItIs() throws IOException {
        SavedAccount alice = Samples.account("alice");
        file.put(alice);
        ObjectNode root = tree();
        root.put("later", 1);
        account(root).put("colour", "red");
        endpoint(root).put("compression", true);
        ((ObjectNode) endpoint(root).path("tls")).put("curves", "x25519");
        ((ObjectNode) endpoint(root).path("timeouts")).put("idle", "PT29M");
        Files.writeString(path, root.toString());

        file.put(Samples.renamed(alice, "carol"));

        ObjectNode after = tree();
        assertThat(after.path("later").asInt()).isEqualTo(1);
        assertThat(account(after).path("name").asString()).isEqualTo("carol");
        assertThat(account(after).path("colour").asString()).isEqualTo("red");
        assertThat(endpoint(after).path("compression").asBoolean()).isTrue();
        assertThat(endpoint(after).path("tls").path("curves").asString()).isEqualTo("x25519");
        assertThat(endpoint(after).path("timeouts").path("idle").asString()).isEqualTo("PT29M");
    }

    @Test
    void eachEndpointKeepsItsOwnUnknownMembersWhenAnotherIsAdded() throws IOException {
        SavedAccount alice = Samples.account("alice");
        file.put(alice);
        ObjectNode root = tree();
        endpoint(root).put("compression", true);
        Files.writeString(path, root.toString());
        Endpoint imap = alice.account().endpoints().getFirst();
        Account both = new Account("alice", List.of(Endpoint.of(Protocol.SMTP, "mail.example.org"), imap));

        file.put(new SavedAccount(alice.id(), Optional.empty(), both));

        var endpoints = account(tree()).path("endpoints");
        assertThat(endpoints.path(0).has("compression")).isFalse();
        assertThat(endpoints.path(1).path("compression").asBoolean()).isTrue();
        assertThat(account(tree()).has("folder")).isFalse();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyItsOwnerCanReadIt() throws IOException {
        file.put(Samples.account("alice"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolveSibling(""))))
                .isEqualTo("rwx------");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkToAFileElsewhereStaysALink() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere")).resolve("mine.json");
        new AccountFile(elsewhere, Clock.systemUTC()).put(Samples.account("alice"));
        Files.createDirectories(path.resolveSibling(""));
        Files.createSymbolicLink(path, elsewhere);

        file.put(Samples.account("bob"));

        assertThat(path).isSymbolicLink();
        assertThat(names(new AccountFile(elsewhere, Clock.systemUTC()).load())).containsExactly("alice", "bob");
    }

    private AccountFile open() {
        return new AccountFile(path, Clock.systemUTC());
    }

    private ObjectNode tree() throws IOException {
        return (ObjectNode) new JsonMapper().readTree(Files.readAllBytes(path));
    }

    private static ObjectNode account(ObjectNode root) {
        return (ObjectNode) root.path("accounts").path(0);
    }

    private static ObjectNode endpoint(ObjectNode root) {
        return (ObjectNode) account(root).path("endpoints").path(0);
    }

    private static List<String> names(Opened opened) {
        return opened.accounts().stream().map(SavedAccount::name).toList();
    }
}
