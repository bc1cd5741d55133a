package org.posthorn.storage.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.storage.secret.SecretProblem.Kind;
import org.posthorn.testkit.Canary;

class VaultTest {
    private static final Secret PASSPHRASE = Secret.of("correct horse");
    private static final String PASSWORD = "canary-Pa55 wörd+/%";
    private static final SecretKey KEY = new SecretKey("1", Protocol.IMAP, SecretField.PASSWORD);
    private static final VaultOpening OPENED = new VaultOpening.Opened();
    private static final Kept DONE = new Kept.Done("");

    @TempDir
    Path folder;

    private Vault vault = vault(Path.of(""));

    @BeforeEach
    void begin() {
        vault = vault(path());
    }

    @Test
    void isAbsentThenOpenThenLocked() {
        assertThat(vault.state()).isEqualTo(Vault.State.ABSENT);
        assertThat(vault.create(PASSPHRASE)).isEqualTo(OPENED);
        assertThat(vault.state()).isEqualTo(Vault.State.OPEN);
        assertThat(vault(path()).state()).isEqualTo(Vault.State.LOCKED);
        vault.lockUp();
        assertThat(vault.state()).isEqualTo(Vault.State.LOCKED);
    }

    @Test
    void givesBackWhatItKeptAfterItsPassphraseAlone() {
        keep(KEY, PASSWORD);

        Vault later = vault(path());
        assertThat(problem(later)).isEqualTo(Kind.LOCKED);
        assertThat(later.open(PASSPHRASE)).isEqualTo(OPENED);
        assertThat(later.recall("1")).isEqualTo(found(KEY, PASSWORD));
        assertThat(later.recall("2")).isEqualTo(new Recalled.Found(Map.of()));
    }

    @Test
    void takesAPassphraseHoweverItsLettersAreComposed() {
        vault.create(Secret.of("Gr\u00fcn und blau"));

        assertThat(vault(path()).open(Secret.of("Gru\u0308n und blau"))).isEqualTo(OPENED);
    }

    @Test
    void staysShutForAnotherPassphrase() {
        keep(KEY, PASSWORD);
        Vault later = vault(path());

        assertThat(later.open(Secret.of("correct horsf"))).isInstanceOf(VaultOpening.WrongPassphrase.class);
        assertThat(later.open(Secret.of(""))).isInstanceOf(VaultOpening.WrongPassphrase.class);
        assertThat(later.state()).isEqualTo(Vault.State.LOCKED);
        assertThat(problem(later)).isEqualTo(Kind.LOCKED);
    }

    @Test
    void removesWhatIsObsoleteAndLeavesTheRest() {
        SecretKey smtp = new SecretKey("1", Protocol.SMTP, SecretField.PASSWORD);
        SecretKey other = new SecretKey("2", Protocol.IMAP, SecretField.PASSWORD);
        keep(KEY, PASSWORD);
        assertThat(vault.keep("1", Map.of(smtp, Secret.of("smtp")), Set.of())).isEqualTo(DONE);
        assertThat(vault.keep("2", Map.of(other, Secret.of("two")), Set.of())).isEqualTo(DONE);

        assertThat(vault.keep("1", Map.of(), Set.of(KEY))).isEqualTo(DONE);

        assertThat(vault.recall("1")).isEqualTo(found(smtp, "smtp"));
        assertThat(vault.recall("2")).isEqualTo(found(other, "two"));
    }

    @Test
    void holdsNoTraceOfASecretOrOfItsPassphrase() throws IOException {
        keep(KEY, PASSWORD);

        try (var files = Files.list(folder)) {
            assertThat(files.toList()).isNotEmpty().allSatisfy(file -> {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(new Canary(PASSWORD).traceIn(text)).isEmpty();
                assertThat(new Canary("correct horse").traceIn(text)).isEmpty();
            });
        }
    }

    @Test
    void neverEncryptsTwiceWithTheSameNonce() throws IOException {
        keep(KEY, PASSWORD);
        String first = Files.readString(path());
        keep(KEY, PASSWORD);

        assertThat(Files.readString(path()).replaceAll("(?s).*\"nonce\" : \"(.*?)\".*", "$1"))
                .isNotEqualTo(first.replaceAll("(?s).*\"nonce\" : \"(.*?)\".*", "$1"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isReadableByItsOwnerAlone() throws IOException {
        keep(KEY, PASSWORD);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
    }

    @Test
    void saysInItsHeaderHowItsKeyIsMade() throws IOException {
        new Vault(path()).create(PASSPHRASE);

        assertThat(Files.readString(path()))
                .contains("\"schema\" : 1", "\"argon2id\"", "\"memory\" : 65536", "\"passes\" : 3", "\"AES-256-GCM\"");
    }

    /** Each is a change by somebody without the passphrase. */
    @ParameterizedTest
    @CsvSource({
        "\"data\" : \"AA, \"data\" : \"BB",
        "\"memory\" : 64, \"memory\" : 2000000000",
        "\"passes\" : 1, \"passes\" : 0",
        "argon2id, argon2i",
        "AES-256-GCM, none",
        "\"schema\", \"other\"",
        "{, [",
        "\"salt\" : \", \"salt\" : \"!",
    })
    void saysThatItIsDamagedAndLeavesItAsItIs(String text, String changed) throws IOException {
        keep(KEY, PASSWORD);
        String damaged = Files.readString(path())
                .replaceFirst("\"data\" : \"..", "\"data\" : \"AA")
                .replace(text, changed);
        Files.writeString(path(), damaged);
        Vault later = vault(path());

        assertThat(later.open(PASSPHRASE))
                .asInstanceOf(type(VaultOpening.Failed.class))
                .extracting(VaultOpening.Failed::sentence)
                .asString()
                .contains("is damaged or was changed")
                .contains(path().toString());
        assertThat(vault.keep("1", Map.of(KEY, Secret.of("other")), Set.of())).isInstanceOf(Kept.Refused.class);
        assertThat(Files.readString(path())).isEqualTo(damaged);
    }

    @Test
    void leavesAVaultOfALaterVersionToIt() throws IOException {
        keep(KEY, PASSWORD);
        Files.writeString(path(), Files.readString(path()).replace("\"schema\" : 1", "\"schema\" : 2"));

        assertThat(vault(path()).open(PASSPHRASE))
                .asInstanceOf(type(VaultOpening.Failed.class))
                .extracting(VaultOpening.Failed::sentence)
                .asString()
                .contains("later version");
    }

    @Test
    void changesItsPassphraseAndKeepsItsSecrets() throws IOException {
        keep(KEY, PASSWORD);
        String before = Files.readString(path());

        assertThat(vault.changePassphrase(Secret.of("wrong"), Secret.of("new one")))
                .isInstanceOf(VaultOpening.WrongPassphrase.class);
        assertThat(Files.readString(path())).isEqualTo(before);
        assertThat(vault.changePassphrase(PASSPHRASE, Secret.of("new one"))).isEqualTo(OPENED);

        Vault later = vault(path());
        assertThat(later.open(PASSPHRASE)).isInstanceOf(VaultOpening.WrongPassphrase.class);
        assertThat(later.open(Secret.of("new one"))).isEqualTo(OPENED);
        assertThat(later.recall("1")).isEqualTo(found(KEY, PASSWORD));
    }

    @Test
    void anOpenVaultIsLockedWhenAnotherProgramChangesItsPassphrase() {
        keep(KEY, PASSWORD);
        vault(path()).changePassphrase(PASSPHRASE, Secret.of("new one"));

        assertThat(vault.keep("1", Map.of(KEY, Secret.of("lost")), Set.of()))
                .asInstanceOf(type(Kept.Refused.class))
                .satisfies(refused -> assertThat(refused.problem().sentence()).contains("by another program"));
        assertThat(vault.state()).isEqualTo(Vault.State.LOCKED);
        vault.open(Secret.of("new one"));
        assertThat(vault.recall("1")).isEqualTo(found(KEY, PASSWORD));
    }

    @Test
    void isNotCreatedOverOneThatAnotherProgramHasMade() {
        keep(KEY, PASSWORD);

        assertThat(vault(path()).create(Secret.of("other"))).isInstanceOf(VaultOpening.Failed.class);
        assertThat(vault.recall("1")).isEqualTo(found(KEY, PASSWORD));
    }

    @Test
    void saysThatItsFileIsGone() throws IOException {
        keep(KEY, PASSWORD);
        Files.delete(path());

        assertThat(problem(vault)).isEqualTo(Kind.MISSING);
        assertThat(vault.keep("1", Map.of(), Set.of(KEY))).isEqualTo(DONE);
        assertThat(path()).doesNotExist();
    }

    @Test
    void saysThatAnotherProgramHoldsIt() throws IOException {
        keep(KEY, PASSWORD);
        Path lock = folder.resolve("vault.json.lock");

        try (FileChannel held = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            held.lock();
            assertThat(vault.keep("1", Map.of(KEY, Secret.of("other")), Set.of()))
                    .asInstanceOf(type(Kept.Refused.class))
                    .satisfies(refused ->
                            assertThat(refused.problem().sentence()).contains("another program is using it"));
        }
        assertThat(vault.recall("1")).isEqualTo(found(KEY, PASSWORD));
    }

    @Test
    void twoProgramsThatWriteAtTheSameTimeLoseNothing() throws Exception {
        vault.create(PASSPHRASE);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Future<?> done :
                    List.of(threads.submit(() -> write("first", 20)), threads.submit(() -> write("second", 20)))) {
                done.get();
            }
        }

        for (int number = 0; number < 20; number++) {
            assertThat(vault.recall("first" + number)).isNotEqualTo(new Recalled.Found(Map.of()));
            assertThat(vault.recall("second" + number)).isNotEqualTo(new Recalled.Found(Map.of()));
        }
    }

    @Test
    void tellsOfWhatTheSystemForbids() throws IOException {
        Files.createDirectory(path());

        assertThat(vault.open(PASSPHRASE))
                .asInstanceOf(type(VaultOpening.Failed.class))
                .extracting(VaultOpening.Failed::sentence)
                .asString()
                .contains("cannot be read");
    }

    private void write(String name, int count) {
        Vault own = patient(path());
        own.open(PASSPHRASE);
        for (int number = 0; number < count; number++) {
            SecretKey key = new SecretKey(name + number, Protocol.IMAP, SecretField.PASSWORD);
            assertThat(own.keep(key.account(), Map.of(key, Secret.of("x")), Set.of()))
                    .isEqualTo(DONE);
        }
    }

    private void keep(SecretKey key, String secret) {
        if (vault.state() == Vault.State.ABSENT) {
            assertThat(vault.create(PASSPHRASE)).isEqualTo(OPENED);
        }
        assertThat(vault.keep(key.account(), Map.of(key, Secret.of(secret)), Set.of()))
                .isEqualTo(DONE);
    }

    private static Recalled found(SecretKey key, String secret) {
        return new Recalled.Found(Map.of(key, Secret.of(secret)));
    }

    private static Kind problem(Vault vault) {
        return ((Recalled.Unavailable) vault.recall("1")).problem().kind();
    }

    private Path path() {
        return folder.resolve("vault.json");
    }

    private static Vault vault(Path path) {
        return new Vault(path, new VaultCost(64, 1, 1), Duration.ofMillis(50));
    }

    private static Vault patient(Path path) {
        return new Vault(path, new VaultCost(64, 1, 1), Duration.ofSeconds(30));
    }
}
