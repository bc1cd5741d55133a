package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Account;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.storage.AccountFile;
import org.posthorn.storage.SavedAccount;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.ScriptedServer;

class TerminalTest {
    private static final String PASSWORD = "canary-Pa55";

    @TempDir
    Path folder;

    private static ScriptedServer.Script imap() {
        return imap(new ArrayList<>());
    }

    /** Logs everybody in and keeps the literals that were sent. */
    private static ScriptedServer.Script imap(List<String> literals) {
        return peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready.");
            while (true) {
                String line = peer.hear();
                String[] words = line.split(" ", -1);
                if (words.length < 2) {
                    return;
                }
                if (line.endsWith("}")) {
                    peer.say("+ go on");
                    String count = line.substring(line.lastIndexOf('{') + 1, line.length() - 1);
                    literals.add(peer.hear(Integer.parseInt(count)));
                    peer.hear();
                }
                switch (words[1]) {
                    case "AUTHENTICATE", "LOGIN" -> peer.say(words[0] + " OK [CAPABILITY IMAP4rev1 IDLE] in.");
                    case "CAPABILITY" -> peer.say("* CAPABILITY IMAP4rev1", words[0] + " OK");
                    case "LOGOUT" -> peer.say("* BYE bye", words[0] + " OK");
                    default -> peer.say(words[0] + " OK");
                }
            }
        };
    }

    private static CommandRun plain(ScriptedServer server, String... more) {
        return CommandRun.of(Map.of("PW", PASSWORD), "", check(server, more));
    }

    private static String[] check(ScriptedServer server, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("check", "--imap", server.host() + ":" + server.port(), "--security", "none"));
        arguments.addAll(Arrays.asList(more));
        return arguments.toArray(String[]::new);
    }

    @Test
    void aCheckThatGoesWellEndsWithZero() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap())) {
            CommandRun run = plain(server, "--user", "alice", "--password-env", "PW");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).contains("✓ Login").contains("PLAIN as alice").contains("Ready.");
        }
    }

    @Test
    void aFailureEndsWithOneAndSaysWhatToDo() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> peer.say("* BYE go away"))) {
            CommandRun run = plain(server);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out())
                    .contains("✕ Greeting")
                    .contains("The server said: * BYE go away")
                    .contains("What to do");
        }
    }

    @Test
    void aBugSaysSoWithoutWhatItsMessageHolds() {
        List<String> lines = BugReport.lines(new IllegalStateException(PASSWORD, new IOException(PASSWORD)));
        assertThat(lines)
                .contains("java.lang.IllegalStateException", "caused by java.io.IOException")
                .noneMatch(line -> line.contains(PASSWORD));
    }

    @Test
    void aBugEndsWithThree() {
        // A stream that cannot be read is the person's; one that throws what no stream throws is Posthorn's.
        var broken = new ByteArrayInputStream(new byte[0]) {
            @Override
            public byte[] readNBytes(int most) {
                throw new IllegalStateException(PASSWORD);
            }
        };
        CommandRun run =
                CommandRun.of(Map.of(), broken, "check", "--imap", "a.example", "--user", "alice", "--password-stdin");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).startsWith("This is a bug in Posthorn").doesNotContain(PASSWORD);
    }

    @Test
    void anInterruptedCheckPrintsTheJsonSoFarAndEndsWith130() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ScriptedServer.Script silence = peer -> {
            connected.countDown();
            peer.hold();
        };
        try (ScriptedServer server = ScriptedServer.of(silence)) {
            CommandRun.Running running = CommandRun.start(Map.of(), check(server, "--json"));
            assertThat(connected.await(1, TimeUnit.MINUTES)).isTrue();
            running.terminal().interrupt();
            CommandRun run = running.end();
            assertThat(run.exitCode()).isEqualTo(130);
            assertThat(run.json().get("outcome").stringValue()).isEqualTo("cancelled");
            assertThat(run.json().get("failure").isNull()).isTrue();
            assertThat(run.json()
                            .get("phases")
                            .valueStream()
                            .map(p -> p.get("outcome").stringValue()))
                    .endsWith("cancelled");
        }
    }

    @Test
    void passwordsComeFromFileAndStandardInputWithoutOneLineEnd() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "two\nlines\r\n");
        List<String> literals = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.of(imap(literals))) {
            plain(server, "--user", "alice", "--mechanism", "imap-login", "--password-file", file.toString());
            CommandRun.of(
                    Map.of(),
                    "secret\n\n",
                    check(server, "--user", "bob", "--mechanism", "IMAP-LOGIN", "--password-stdin"));
            assertThat(literals).containsExactly("two\nlines", "secret\n");
        }
    }

    @Test
    @DisplayName("use_authentication: --no-login ends ready without a login")
    void noLoginEndsReadyWithoutOne() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap())) {
            CommandRun run = plain(server, "--user", "alice", "--password-env", "PW", "--no-login", "--json");
            assertThat(run.exitCode()).isZero();
            assertThat(run.json().get("outcome").stringValue()).isEqualTo("ready");
            assertThat(run.json().get("login").isNull()).isTrue();
        }
    }

    @Test
    void aRemedyNamesTheOptionBesideTheSetting() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready");
            peer.answer("+ ");
            peer.hear();
            peer.say("a1 NO [AUTHENTICATIONFAILED] no");
            peer.ignore();
        })) {
            assertThat(plain(server, "--user", "alice", "--password-env", "PW").out())
                    .contains("(--user)");
        }
    }

    @Test
    void stopAfterEndsStopped() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap())) {
            CommandRun run = plain(server, "--stop-after", "greeting", "--json");
            assertThat(run.exitCode()).isZero();
            assertThat(run.json().get("outcome").stringValue()).isEqualTo("stopped");
            assertThat(run.json()
                            .get("phases")
                            .valueStream()
                            .map(p -> p.get("phase").stringValue()))
                    .containsExactly("resolve", "connect", "greeting");
        }
    }

    @Test
    void stopAfterTheLoginEndsBeforeReadyAlsoWithoutOne() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap())) {
            CommandRun run = plain(server, "--stop-after", "login", "--json");
            assertThat(run.json().get("outcome").stringValue()).isEqualTo("stopped");
            assertThat(run.json()
                            .get("phases")
                            .valueStream()
                            .map(p -> p.get("phase").stringValue()))
                    .doesNotContain("login", "ready");
        }
    }

    @Test
    void theMechanismThatIsAskedForIsSent() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap())) {
            plain(server, "--user", "alice", "--password-env", "PW", "--mechanism", "LOGIN");
            assertThat(server.heard()).anyMatch(line -> line.endsWith("AUTHENTICATE LOGIN"));
        }
    }

    @Test
    void aMechanismWithoutAPasswordAsksForNone() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap())) {
            CommandRun run = plain(server, "--user", "alice", "--mechanism", "EXTERNAL");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(server.heard()).anyMatch(line -> line.contains("AUTHENTICATE EXTERNAL"));
        }
    }

    @Test
    void aFileOfAuthoritiesAndAFingerprintAreBelieved() throws Exception {
        var issued = Certificates.authority().leaf("127.0.0.1").issue();
        Path authority = Certificates.writePem(
                folder.resolve("ca.pem"), Certificates.authority().certificate());
        try (ScriptedServer server = ScriptedServer.secured(issued.serverContext(), imap())) {
            String address = server.host() + ":" + server.port();
            assertThat(CommandRun.of("check", "--imap", address, "--security", "implicit")
                            .exitCode())
                    .isEqualTo(1);
            assertThat(CommandRun.of(
                                    "check",
                                    "--imap",
                                    address,
                                    "--security",
                                    "implicit",
                                    "--trust-ca",
                                    authority.toString())
                            .exitCode())
                    .isZero();
        }
    }

    @Test
    @DisplayName("supported_encryption: those of --tls are offered, and the negotiated one stands in the JSON")
    void theVersionsOfTlsThatAreAskedForAreOffered() throws Exception {
        var issued = Certificates.authority().leaf("127.0.0.1").issue();
        Path authority = Certificates.writePem(
                folder.resolve("ca.pem"), Certificates.authority().certificate());
        try (ScriptedServer server = ScriptedServer.secured(issued.serverContext(), imap())) {
            CommandRun run = CommandRun.of(
                    "check",
                    "--imap",
                    server.host() + ":" + server.port(),
                    "--security",
                    "any",
                    "--tls",
                    "1.2",
                    "--trust-ca",
                    authority.toString(),
                    "--json");
            assertThat(run.json().at("/tls/version").stringValue()).isEqualTo("TLSv1.2");
            assertThat(run.json().at("/endpoint/security").stringValue()).isEqualTo("any");
            assertThat(run.json().get("securityInForce").stringValue()).isEqualTo("implicit");
        }
    }

    @Test
    void autoEndsInPlaintextOnlyWhenAllowed() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap())) {
            String address = server.host() + ":" + server.port();
            CommandRun refused = CommandRun.of("check", "--imap", address, "--security", "auto", "--json");
            assertThat(refused.json().at("/failure/cause").stringValue()).isEqualTo("starttls-not-offered");
            CommandRun allowed = CommandRun.of("check", "--imap", address, "--security", "auto", "--allow-plaintext");
            assertThat(allowed.exitCode()).isZero();
        }
    }

    @Test
    void bindAndFamilyChooseTheAddresses() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap())) {
            assertThat(plain(server, "--bind", "127.0.0.1", "--ip", "4", "--json")
                            .json()
                            .at("/phases/1/facts/local")
                            .stringValue())
                    .isEqualTo("127.0.0.1");
            assertThat(plain(server, "--ip", "6").exitCode()).isEqualTo(1);
            assertThat(plain(server, "--ip", "any").exitCode()).isZero();
            assertThat(plain(server, "--bind", "::1").out())
                    .contains("::1 is an IPv6 address, and there are only IPv4 addresses to connect to.", "--bind");
        }
    }

    @Test
    void theNameOfEhloIsSaid() throws Exception {
        ScriptedServer.Script smtp = peer -> {
            peer.say("220 mail.example.org ESMTP");
            while (true) {
                peer.hear();
                peer.say("250 fine");
            }
        };
        try (ScriptedServer server = ScriptedServer.of(smtp)) {
            CommandRun run = CommandRun.of(
                    "check",
                    "--smtp",
                    server.host() + ":" + server.port(),
                    "--security",
                    "none",
                    "--ehlo",
                    "client.example.org");
            assertThat(run.exitCode()).isZero();
            assertThat(server.heard()).contains("EHLO client.example.org");
        }
    }

    @Test
    @DisplayName("greeting_timeout: --greeting-timeout is the limit that is told")
    void theGreetingTimeoutIsTheOneThatIsAskedFor() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(ScriptedServer.Peer::hold)) {
            CommandRun run = plain(server, "--greeting-timeout", "1s", "--json");
            assertThat(run.json().at("/failure/kind").stringValue()).isEqualTo("GreetingTimeout");
            assertThat(run.json().at("/findings/0/user").stringValue()).endsWith("within 1 s.");
        }
    }

    @Test
    void theConversationGoesToStandardErrorAndToTheLogWithDots() throws Exception {
        Path log = folder.resolve("logs/session.log");
        try (ScriptedServer server = ScriptedServer.of(imap())) {
            CommandRun run =
                    plain(server, "--user", "alice", "--password-env", "PW", "--json", "-v", "--log", log.toString());
            assertThat(run.json().get("outcome").stringValue()).isEqualTo("ready");
            assertThat(run.err()).contains("S * OK [CAPABILITY").contains(Secret.DOTS);
            assertThat(Files.readString(log)).contains("S * OK [CAPABILITY").contains(Secret.DOTS);
            Canary.of("alice", PASSWORD).isAbsentFrom(run.out(), run.err(), Files.readString(log));
        }
    }

    @Test
    @DisplayName("log_file_name: a path that cannot be written is told and takes nothing from the session")
    void aLogFileThatCannotBeWrittenIsToldAndLosesNothing() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap())) {
            CommandRun run = plain(server, "--log", folder.toString());
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).contains("The log file").contains("choose another place");
        }
    }

    @Test
    void aSavedAccountIsCheckedByItsName() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap())) {
            Endpoint imap = Endpoint.of(Protocol.IMAP, server.host())
                    .withPort(server.port())
                    .withSecurity(TlsMode.NONE)
                    .withLogin(Login.password("alice", Secret.of("x")));
            save(new Account("Work", List.of(imap, Endpoint.of(Protocol.POP3, "pop.example.org"))));
            Map<String, String> environment = Map.of(
                    "XDG_CONFIG_HOME", folder.toString(),
                    "APPDATA", folder.toString(),
                    "PW", PASSWORD);
            CommandRun ambiguous = CommandRun.of(environment, "", "check", "--account", "Work", "--password-env", "PW");
            assertThat(ambiguous.exitCode()).isEqualTo(2);
            assertThat(ambiguous.err()).contains("--protocol").contains("imap, pop3");
            CommandRun run = CommandRun.of(
                    environment, "", "check", "--account", "Work", "--protocol", "imap", "--password-env", "PW");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).contains("PLAIN as alice");
        }
    }

    private void save(Account account) {
        Path file = folder.resolve("posthorn/accounts.json");
        new AccountFile(file, Clock.systemUTC()).put(SavedAccount.create(Optional.empty(), account));
    }

    @Test
    void aServersControlCharactersDoNotReachTheTerminal() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> peer.say("* BYE \u001b[2J\u0007gone"))) {
            assertThat(plain(server).out()).contains("gone").doesNotContain("\u001b", "\u0007");
        }
    }

    @Test
    void aTerminalWithoutTypographyGetsPlainSigns() {
        var bytes = new ByteArrayOutputStream();
        new Paper(new PrintStream(bytes, true, StandardCharsets.US_ASCII)).line("✓ “fine” …");
        assertThat(bytes.toString(StandardCharsets.US_ASCII).strip()).isEqualTo("+ \"fine\" ...");
    }

    @Test
    void helpEndsWithZero() {
        CommandRun run = CommandRun.of("check", "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("--greeting-timeout").contains("--no-login");
    }
}
