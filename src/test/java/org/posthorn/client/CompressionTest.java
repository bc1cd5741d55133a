package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.testkit.Checks.failure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Compression;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;

/** COMPRESS=DEFLATE (RFC 4978): on the way compressed, in the log the lines. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class CompressionTest {
    private static final String OFFER = "IMAP4rev1 SASL-IR AUTH=PLAIN COMPRESS=DEFLATE";

    private final Checks checks = new Checks();

    @AfterEach
    void endTheTimer() {
        checks.close();
    }

    private static void logIn(ScriptedServer.Peer peer, String offer) throws IOException {
        peer.say("* OK [CAPABILITY " + offer + "] ready");
        peer.answer("TAG OK [CAPABILITY " + offer + "] in");
    }

    private static Endpoint endpoint(ScriptedServer server, TlsMode security, Compression compression) {
        Endpoint endpoint = Checks.endpoint(Protocol.IMAP, server, security)
                .withAllowPlaintext(true)
                .withLogin(Login.password("alice", Secret.of("s3cret!")));
        return endpoint.withConnections(endpoint.connections().withCompression(compression));
    }

    private static boolean isCompressed(CheckResult result) {
        return result.timeline().latest(Facts.Live.class).orElseThrow().compressed();
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsMode.class,
            names = {"NONE", "IMPLICIT"})
    void theLogShowsTheLinesInside(TlsMode security) throws Exception {
        ScriptedServer.Script script = peer -> {
            logIn(peer, OFFER);
            peer.answer("TAG OK DEFLATE active");
            peer.compress();
            peer.answer("* 23 EXISTS", "TAG OK still here");
            peer.answer("* BYE bye", "TAG OK gone");
        };
        var context = Certificates.authority().leaf("127.0.0.1").issue().serverContext();
        try (ScriptedServer server =
                security == TlsMode.NONE ? ScriptedServer.of(script) : ScriptedServer.secured(context, script)) {
            CheckResult result = checks.run(endpoint(server, security, Compression.ON));

            assertThat(result.timeline().failure()).isEmpty();
            assertThat(isCompressed(result)).isTrue();
            assertThat(server.heard()).containsSubsequence("a2 COMPRESS DEFLATE", "a3 NOOP", "a4 LOGOUT");
            assertThat(checks.logText())
                    .containsSubsequence(
                            "a2 COMPRESS DEFLATE",
                            "both directions are compressed (DEFLATE)",
                            "a3 NOOP",
                            "* 23 EXISTS",
                            "a3 OK still here",
                            "* BYE bye");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NO not now", "BAD what"})
    void aRefusalLeavesThePlainLines(String refusal) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            logIn(peer, OFFER);
            peer.answer("TAG " + refusal);
            peer.answer("TAG OK still here");
            peer.answer("* BYE bye", "TAG OK gone");
        })) {
            CheckResult result = checks.run(endpoint(server, TlsMode.NONE, Compression.ON));

            assertThat(result.timeline().failure()).isEmpty();
            assertThat(isCompressed(result)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void itIsNotAskedForWithoutAnOfferOrTheSetting(Compression compression) throws Exception {
        String offer = compression == Compression.ON ? "IMAP4rev1 SASL-IR AUTH=PLAIN" : OFFER;
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            logIn(peer, offer);
            peer.answer("TAG OK still here");
            peer.answer("* BYE bye", "TAG OK gone");
        })) {
            CheckResult result = checks.run(endpoint(server, TlsMode.NONE, compression));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(server.heard()).noneMatch(line -> line.contains("COMPRESS"));
        }
    }

    @Test
    void whatComesWithTheConsentIsCompressedAlready() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            logIn(peer, OFFER);
            String tag = peer.hear().split(" ", 2)[0];
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.writeBytes((tag + " OK active\r\n").getBytes(StandardCharsets.US_ASCII));
            both.writeBytes(
                    deflated("* 5 EXISTS\r\na3 OK before it was asked\r\n".getBytes(StandardCharsets.US_ASCII)));
            peer.send(both.toByteArray());
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(server, TlsMode.NONE, Compression.ON));

            assertThat(isCompressed(result)).isTrue();
        }
    }

    @Test
    void aServerThatConsentsAndGoesOnInPlainLinesBreaksTheProtocol() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            logIn(peer, OFFER);
            peer.answer("TAG OK active");
            peer.say("a3 OK still here");
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(server, TlsMode.NONE, Compression.ON));

            assertThat(failure(result))
                    .isInstanceOfSatisfying(
                            Failure.ProtocolViolation.class,
                            failure ->
                                    assertThat(failure.detail()).startsWith("what came is not compressed by DEFLATE"));
        }
    }

    @Test
    void anEndlessLineThatIsSmallOnTheWayMeetsItsLimit() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            logIn(peer, OFFER);
            peer.answer("TAG OK active");
            peer.send(deflated(new byte[64 * 1024 * 1024]));
            peer.ignore();
        })) {
            CheckResult result = checks.run(endpoint(server, TlsMode.NONE, Compression.ON));

            assertThat(failure(result)).isInstanceOf(Failure.TooMuchReceived.class);
        }
    }

    private static byte[] deflated(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        var deflater = new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true), true);
        deflater.write(bytes);
        deflater.flush();
        return out.toByteArray();
    }
}
