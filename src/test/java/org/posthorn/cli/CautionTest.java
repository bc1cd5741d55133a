package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.StrictSmtp;
import tools.jackson.databind.JsonNode;

/** Refused logins are counted from one command to the next. */
class CautionTest {
    private static final String PASSWORD = "canary-pa55-9";

    @TempDir
    Path folder;

    private ScriptedServer server;

    /** Takes the user whose name is good, and refuses all others. */
    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR] ready");
            for (String line = peer.hear(); !line.isEmpty(); line = peer.hear()) {
                boolean wrong = line.contains(" LOGIN ") && !line.contains("good");
                peer.say(line.split(" ", 2)[0] + (wrong ? " NO [AUTHENTICATIONFAILED] no" : " OK done"));
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void theThirdRefusalIsToldWithTheTimeFromWhichTheNextIsSafe() {
        assertThat(check("alice").err()).isEmpty();
        assertThat(check("alice").err()).isEmpty();

        assertThat(check("alice").err())
                .contains("has refused “alice” 3 times in the last 10 minutes", "is safe from")
                .hasLineCount(1);
    }

    @Test
    void theNextOneIsToldBeforehandAndTriedAllTheSame() {
        for (int refusal = 0; refusal < 3; refusal++) {
            check("alice");
        }

        CommandRun fourth = check("alice");

        assertThat(fourth.exitCode()).isEqualTo(1);
        assertThat(fourth.err()).contains("3 times").hasLineCount(1);
        assertThat(check("alice").err()).contains("4 times");
        assertThat(check("bob").err()).isEmpty();
    }

    /** The mailbox in which a sent message is looked for has a login of its own. */
    @Test
    void theMailboxOfARoundTripIsToldOfAsWell() throws Exception {
        try (ScriptedServer smtp = ScriptedServer.of(new StrictSmtp())) {
            send(smtp);
            send(smtp);
            assertThat(send(smtp).err()).contains("has refused “bob” 3 times").hasLineCount(1);
            assertThat(send(smtp).err()).contains("has refused “bob” 3 times").hasLineCount(1);
        }
    }

    @Test
    void heavyWorkIsNoExceptionToIt() {
        for (int refusal = 0; refusal < 2; refusal++) {
            assertThat(login("survey", "alice").err()).doesNotContain("times in the last");
        }

        assertThat(login("survey", "alice").err()).contains("has refused “alice” 3 times");
        assertThat(login("survey", "alice").err()).containsOnlyOnce("has refused “alice” 3 times");
    }

    private CommandRun send(ScriptedServer smtp) {
        return CommandRun.of(
                Map.of("PW", PASSWORD, "XDG_STATE_HOME", folder.toString()),
                "",
                "send",
                "--smtp",
                smtp.host() + ":" + smtp.port(),
                "--security",
                "none",
                "--from",
                "a@x.test",
                "--to",
                "a@x.test",
                "--find-imap",
                server.host() + ":" + server.port(),
                "--find-security",
                "none",
                "--find-user",
                "bob",
                "--find-password-env",
                "PW");
    }

    @Test
    void theObjectSaysHowManyAndUntilWhen() {
        JsonNode first = check("alice", "--json").json().path("login");
        assertThat(first.path("refusals").asInt()).isEqualTo(1);
        assertThat(first.path("nextSafeAt").isNull()).isTrue();

        check("alice", "--json");
        JsonNode third = check("alice", "--json").json().path("login");

        assertThat(third.path("refusals").asInt()).isEqualTo(3);
        assertThat(third.path("nextSafeAt").asString()).endsWith("Z");
    }

    @Test
    void aLoginThatIsAcceptedEndsTheCount() throws Exception {
        Files.createDirectories(folder.resolve("posthorn"));
        assertThat(check("good").exitCode()).isZero();
        check("alice");
        check("alice");
        check("alice");
        Path file = folder.resolve("posthorn/refused-logins.json");
        Files.writeString(file, Files.readString(file).replace("alice", "good"));

        assertThat(check("good").err()).contains("3 times");
        assertThat(check("good").err()).isEmpty();
    }

    @Test
    void holdsNoSecretAndMayBeDamagedOrUnwritable() throws Exception {
        check("alice");
        Path file = folder.resolve("posthorn/refused-logins.json");
        assertThat(Files.readString(file)).contains("alice").doesNotContain(PASSWORD);

        for (String damage : List.of("", "{", "[1]", "{\"refused\":[{\"at\":\"noon\"}]}", "{\"refused\":7}")) {
            Files.writeString(file, damage);
            assertThat(check("alice").exitCode()).as(damage).isEqualTo(1);
        }
        Files.delete(file);
        Files.delete(file.getParent());
        Files.writeString(file.getParent(), "a file in the folder's place");
        assertThat(check("alice").err()).isEmpty();
    }

    private CommandRun check(String user, String... options) {
        return login("check", user, options);
    }

    private CommandRun login(String command, String user, String... options) {
        List<String> line = new ArrayList<>(List.of(
                command,
                "--imap",
                "127.0.0.1:" + server.port(),
                "--security",
                "none",
                "--allow-plaintext",
                "--user",
                user,
                "--password-env",
                "PW"));
        line.addAll(List.of(options));
        return CommandRun.of(
                Map.of("PW", PASSWORD, "XDG_STATE_HOME", folder.toString()), "", line.toArray(String[]::new));
    }
}
