package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.testkit.Canary;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.EchoingServer;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.Together;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Cancellation;
import org.posthorn.wire.Direction;
import org.posthorn.wire.LogFile;

/** A password that is known is looked for in everything that a check leaves behind. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class CanaryTest {
    private static final String USER = "sparrow55@example.org";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "IMAP, PLAIN, true, Canary-7f3k9Qx2Lm",
                "IMAP, PLAIN, false, Canary-7f3k9Qx2Lm",
                "IMAP, LOGIN, true, Canary 7f3k 9Qx2Lm",
                "IMAP, IMAP-LOGIN, true, Canary-7f3k9Qx2Lm",
                "IMAP, IMAP-LOGIN, true, Can\"ary\\7f3k9Qx2Lm",
                "IMAP, IMAP-LOGIN, true, Canäry-7f3k9Qx€Lm",
                "POP3, USER, true, Canary 7f3k%9Qx2Lm",
                "POP3, PLAIN, true, Canary-7f3k9Qx2Lm",
                "POP3, APOP, true, Canary-7f3k9Qx2Lm",
                "POP3, LOGIN, true, Canäry-7f3k9Qx€Lm",
                "SMTP, PLAIN, true, Canary-7f3k9Qx2Lm",
                "SMTP, LOGIN, true, Canary+7f3k/9Qx2Lm",
                "IMAP, SCRAM-SHA-256, true, Canary-7f3k9Qx2Lm",
                "SMTP, DIGEST-MD5, true, Canary-7f3k9Qx2Lm",
                "POP3, CRAM-MD5, true, Canary-7f3k9Qx2Lm",
                "SMTP, NTLM, true, Canary-7f3k9Qx2Lm",
                "IMAP, NTLM-V1, true, Canary-7f3k9Qx2Lm",
                "IMAP, XOAUTH2, true, Canary-7f3k9Qx2Lm",
                "IMAP, XOAUTH2, false, Canary-7f3k9Qx2Lm",
                "IMAP, OAUTHBEARER, true, Canary-7f3k9Qx2Lm",
                "POP3, XOAUTH2, true, Canary-7f3k9Qx2Lm",
                "POP3, OAUTHBEARER, true, Canary-7f3k9Qx2Lm",
                "SMTP, XOAUTH2, true, Canary-7f3k9Qx2Lm",
                "SMTP, OAUTHBEARER, true, Canary-7f3k9Qx2Lm"
            })
    @DisplayName("password: leaves no trace in timeline, log or failure")
    void leavesNoTraceOfThePassword(Protocol protocol, String mechanism, boolean initialResponse, String password) {
        Canary canary = new Canary(password);
        Map<String, Together.Case> cases = new LinkedHashMap<>();
        Arrays.stream(EchoingServer.Place.values())
                .forEach(place -> cases.put(
                        place.name(),
                        () -> check(
                                mechanism,
                                canary,
                                new EchoingServer(protocol, initialResponse, place, canary.echo(USER)))));
        Together.run(cases);
    }

    private void check(String mechanism, Canary canary, EchoingServer script) throws Exception {
        Path file = folder.resolve(script.place() + ".log");
        Queue<String> left = new ConcurrentLinkedQueue<>();
        try (Checks checks = new Checks();
                LogFile logFile = LogFile.open(file);
                var _ = checks.log().subscribe(logFile);
                ScriptedServer server = ScriptedServer.of(script::serve)) {
            Endpoint endpoint = Checks.endpoint(script.protocol(), server, TlsMode.NONE)
                    .withLogin(login(mechanism, Secret.of(canary.secret())));
            left.add(endpoint.toString());
            CheckResult result = new Check(checks.connector())
                    .run(endpoint, CheckOptions.complete(), new Cancellation(), t -> left.add(t.toString()));
            left.add(result.toString());
            left.add(checks.logText());
            assertNoUserInBlobs(checks);
        }
        left.add(Files.readString(file));
        left.forEach(text -> assertThat(canary.traceIn(text)).isEmpty());
    }

    private static Login login(String mechanism, Secret secret) {
        SaslSettings sasl = SaslSettings.of(mechanism);
        return switch (mechanism) {
            case "XOAUTH2", "OAUTHBEARER" -> new Login.AccessToken(USER, secret, sasl);
            default -> new Login.Password(USER, secret, sasl);
        };
    }

    @Test
    void leavesNoTraceInTheFailureOfALaterCommand() throws Exception {
        Canary canary = new Canary("Canary-7f3k9Qx2Lm");
        try (Checks checks = new Checks();
                ScriptedServer server = ScriptedServer.of(peer -> {
                    peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready");
                    peer.answer("TAG OK [CAPABILITY IMAP4rev1] in");
                    peer.answer("TAG OK");
                    peer.answer("* BYE " + canary.echo(USER));
                    peer.end();
                })) {
            Endpoint endpoint = Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE)
                    .withLogin(Login.password(USER, Secret.of(canary.secret())));
            try (MailConnection connection =
                    checks.connector().connect(endpoint, CheckOptions.complete(), new Cancellation(), _ -> {})) {
                FailureException failure = assertThrows(FailureException.class, connection::noop);

                assertThat(canary.traceIn(failure + " " + failure.failure())).isEmpty();
            }
        }
    }

    /** The user name may stand where it was typed, never inside a blob that nobody can read at a glance. */
    private static void assertNoUserInBlobs(Checks checks) {
        Canary user = new Canary(USER);
        checks.events().stream()
                .filter(event -> event.direction() == Direction.CLIENT)
                .map(event -> event.text().replace(USER, ""))
                .forEach(text -> assertThat(user.traceIn(text)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"Canary-7f3k9Qx2Lm", "Canäry-7f3k9Qx€Lm"})
    void wouldFindTheFormsThatItLooksFor(String secret) {
        Canary canary = new Canary(secret);

        for (String form : canary.echo(USER).split(" ", -1)) {
            assertThat(canary.traceIn("x " + form)).as(form).isPresent();
        }
    }
}
