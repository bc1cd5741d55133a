package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.posthorn.testkit.Checks.failure;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;

/** Client and server say who they are (RFC 2971), once it is clear that they may speak to each other. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class IdentifyingTest {
    private static final String OFFER = "IMAP4rev1 SASL-IR AUTH=PLAIN ID";

    private final Checks checks = new Checks();

    @AfterEach
    void endTheTimer() {
        checks.close();
    }

    private CheckResult check(ScriptedServer server) {
        Endpoint endpoint = Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE)
                .withAllowPlaintext(true)
                .withLogin(Login.password("alice", Secret.of("s3cret!")));
        return checks.run(endpoint);
    }

    private static ScriptedServer.Script answering(String offer, String... answer) {
        return peer -> {
            peer.say("* OK [CAPABILITY " + OFFER + "] ready");
            peer.answer("TAG OK [CAPABILITY " + offer + "] in");
            if (answer.length > 0) {
                peer.answer(answer);
            }
            peer.answer("TAG OK still here");
            peer.answer("* BYE bye", "TAG OK gone");
        };
    }

    private static Map<String, String> server(CheckResult result) {
        return result.timeline().latest(Facts.Live.class).orElseThrow().server();
    }

    @Test
    void theServersOwnWordsAreKeptInTheirOrder() throws Exception {
        String id = "* ID (\"name\" \"Cyrus\" \"support-url\" NIL \"version\" {5}\r\n3 (8) \"os\" \"\")";
        try (ScriptedServer server = ScriptedServer.of(answering(OFFER, id, "TAG OK told"))) {
            CheckResult result = check(server);

            assertThat(result.timeline().failure()).isEmpty();
            assertThat(server(result))
                    .containsExactly(entry("name", "Cyrus"), entry("version", "3 (8)"), entry("os", ""));
            assertThat(server.heard()).containsSubsequence("a2 ID (\"name\" \"Posthorn\")", "a3 NOOP");
        }
    }

    @Test
    void aSecretInThemIsHidden() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.of(answering(OFFER, "* ID (\"s3cret!\" \"you sent s3cret!\")", "TAG OK told"))) {
            assertThat(server(check(server)).toString()).contains("you sent ").doesNotContain("s3cret!");
        }
    }

    @Test
    void nothingIsSaidToAServerThatDoesNotTakePart() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(answering("IMAP4rev1"))) {
            CheckResult result = check(server);

            assertThat(server(result)).isEmpty();
            assertThat(server.heard()).noneMatch(line -> line.contains(" ID "));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TAG NO not to you", "TAG BAD what", "* ID NIL\r\nTAG OK", "* ID\r\nTAG OK", "* ID ((\r\nTAG OK"
            })
    void aServerThatSaysNothingOfItselfIsReadyAllTheSame(String answer) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(answering(OFFER, answer))) {
            CheckResult result = check(server);

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(server(result)).isEmpty();
        }
    }

    @Test
    void aServerThatLeavesInsteadEndsTheSession() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY " + OFFER + "] ready");
            peer.answer("TAG OK [CAPABILITY " + OFFER + "] in");
            peer.answer("* BYE not with you");
            peer.end();
        })) {
            assertThat(failure(check(server))).isInstanceOf(Failure.ServerEnded.class);
        }
    }
}
