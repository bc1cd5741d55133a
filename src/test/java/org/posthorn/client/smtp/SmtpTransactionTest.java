package org.posthorn.client.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.ConnectionSettings;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Pipelining;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.MailConnection;
import org.posthorn.client.MessageSending;
import org.posthorn.client.smtp.DeliveryStatus.Notify;
import org.posthorn.client.smtp.DeliveryStatus.Returned;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.StrictSmtp;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Cancellation;

/** One message over a connection: which commands go together, and what comes of each reply. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class SmtpTransactionTest {
    private static final Envelope TO_TWO = envelope("a@x.test", "b@x.test");

    private final Checks checks = new Checks();
    private final List<Submission> heard = new ArrayList<>();

    @AfterEach
    void close() {
        checks.close();
    }

    private static Envelope envelope(String... recipients) {
        return new Envelope("me@x.test", List.of(recipients), false, false, DeliveryStatus.unasked());
    }

    private static MessageContent text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new MessageContent() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }

    private static Endpoint endpoint(ScriptedServer server, Pipelining pipelining) {
        return Checks.endpoint(Protocol.SMTP, server, TlsMode.NONE)
                .withConnections(ConnectionSettings.defaults().withPipelining(pipelining));
    }

    private Submission send(StrictSmtp smtp, Pipelining pipelining, Envelope envelope, String message)
            throws Exception {
        try (ScriptedServer server = ScriptedServer.of(smtp)) {
            return send(endpoint(server, pipelining), envelope, text(message));
        }
    }

    private Submission send(Endpoint endpoint, Envelope envelope, MessageContent content) throws FailureException {
        try (MailConnection connection =
                checks.connector().connect(endpoint, CheckOptions.complete(), new Cancellation(), _ -> {})) {
            return new MessageSending(endpoint).send(connection, envelope, content, heard::add);
        }
    }

    private static List<Integer> codes(Submission submission) {
        return submission.recipients().stream()
                .map(recipient -> recipient.reply().map(SmtpReply::code).orElse(0))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"AUTO, PIPELINING, true", "AUTO, HELP, false", "ON, HELP, true", "OFF, PIPELINING, false"})
    @DisplayName("use_pipelining: SMTP commands go out together where it is in force")
    void pipelining_sendsTheCommandsTogetherWhereItIsInForce(Pipelining setting, String extension, boolean together)
            throws Exception {
        StrictSmtp smtp = new StrictSmtp(extension);

        Submission sent = send(smtp, setting, TO_TWO, "Subject: x\r\n\r\nhello\r\n");

        assertThat(sent.outcome()).isEqualTo(Submission.Outcome.SENT);
        assertThat(smtp.groups())
                .isEqualTo(
                        together
                                ? List.of(List.of(
                                        "MAIL FROM:<me@x.test>", "RCPT TO:<a@x.test>", "RCPT TO:<b@x.test>", "DATA"))
                                : List.of(
                                        List.of("MAIL FROM:<me@x.test>"),
                                        List.of("RCPT TO:<a@x.test>"),
                                        List.of("RCPT TO:<b@x.test>"),
                                        List.of("DATA")));
        assertThat(smtp.trespasses()).isEmpty();
        assertThat(smtp.messages()).containsExactly("Subject: x\n\nhello\n");
    }

    @ParameterizedTest
    @EnumSource
    void pipelining_waitsWhereTheStandardsSayAlsoUnderStarttlsAndLogin(Pipelining setting) throws Exception {
        StrictSmtp smtp = new StrictSmtp("PIPELINING", "STARTTLS", "AUTH PLAIN");
        try (ScriptedServer server = ScriptedServer.of(smtp)) {
            Endpoint endpoint = endpoint(server, setting)
                    .withSecurity(TlsMode.STARTTLS)
                    .withLogin(Login.password("me", Secret.of("pass")));

            assertThat(send(endpoint, TO_TWO, text("x")).outcome()).isEqualTo(Submission.Outcome.SENT);
        }
        assertThat(smtp.trespasses()).isEmpty();
    }

    @Test
    void pipelining_isNotedWhenItIsForcedAgainstTheAnnouncement() throws Exception {
        send(new StrictSmtp("HELP"), Pipelining.ON, TO_TWO, "x");

        assertThat(checks.logText()).contains("does not announce PIPELINING");
    }

    @Test
    void pipelining_partsManyRecipientsByTheSmallestWindow() throws Exception {
        StrictSmtp smtp = new StrictSmtp("PIPELINING");
        Envelope many = envelope(IntStream.range(0, 500)
                .mapToObj(i -> "somebody-" + i + "@x.test")
                .toArray(String[]::new));

        assertThat(send(smtp, Pipelining.AUTO, many, "x").outcome()).isEqualTo(Submission.Outcome.SENT);
        assertThat(smtp.groups())
                .hasSizeBetween(4, 8)
                .allSatisfy(group -> assertThat(group.stream()
                                .mapToInt(line -> line.length() + 2)
                                .sum())
                        .isLessThanOrEqualTo(SmtpTransaction.WINDOW));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void send_tellsWhichRecipientsWereRefused(Pipelining setting) throws Exception {
        StrictSmtp smtp = new StrictSmtp("PIPELINING")
                .answering("RCPT TO:<b@", "550-5.1.1 there is\n550 5.1.1 nobody here")
                .answering("RCPT TO:<c@", "451 4.7.1 later");

        Submission sent = send(smtp, setting, envelope("a@x.test", "b@x.test", "c@x.test"), "x");

        assertThat(sent.outcome()).isEqualTo(Submission.Outcome.PARTLY);
        assertThat(codes(sent)).containsExactly(250, 550, 451);
        assertThat(sent.refusals())
                .extracting(refusal -> refusal instanceof Refusal.Recipient refused
                        ? refused.address() + " "
                                + refused.reply().enhanced().orElse("") + " "
                                + refused.reply().text()
                        : refusal.toString())
                .containsExactly(
                        "b@x.test 5.1.1 550-5.1.1 there is\n550 5.1.1 nobody here", "c@x.test 4.7.1 451 4.7.1 later");
        assertThat(smtp.messages()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"354 go on", "554 5.5.1 no valid recipients"})
    void send_sendsNothingToNobody(String answerToData) throws Exception {
        StrictSmtp smtp = new StrictSmtp("PIPELINING")
                .answering("RCPT", "550 5.1.1 no")
                .answering("DATA", answerToData)
                .answering(".", "554 5.5.1 no valid recipients");

        Submission sent = send(smtp, Pipelining.AUTO, TO_TWO, "Subject: x\r\n\r\nsecret\r\n");

        assertThat(sent.outcome()).isEqualTo(Submission.Outcome.REFUSED);
        assertThat(sent.refusals()).hasSize(2).allMatch(refusal -> refusal instanceof Refusal.Recipient);
        assertThat(smtp.messages()).allMatch(String::isEmpty);
    }

    @Test
    void send_asksForNoDataWithoutPipeliningWhenNobodyIsLeft() throws Exception {
        StrictSmtp smtp = new StrictSmtp().answering("RCPT", "550 5.1.1 no");

        assertThat(send(smtp, Pipelining.OFF, TO_TWO, "x").outcome()).isEqualTo(Submission.Outcome.REFUSED);
        assertThat(smtp.groups()).last().isEqualTo(List.of("RSET"));
        assertThat(smtp.groups()).doesNotContain(List.of("DATA"));
    }

    @ParameterizedTest
    @CsvSource({"ON, 503", "OFF, 0"})
    void send_tellsARefusedSenderOnce(Pipelining setting, int recipients) throws Exception {
        StrictSmtp smtp = new StrictSmtp("PIPELINING")
                .answering("MAIL", "550 5.7.60 not yours")
                .answering("RCPT", "503 5.5.1 MAIL first")
                .answering("DATA", "503 5.5.1 MAIL first");

        Submission sent = send(smtp, setting, TO_TWO, "x");

        assertThat(codes(sent)).containsOnly(recipients);
        assertThat(sent.refusals()).singleElement().isInstanceOf(Refusal.Sender.class);
    }

    @ParameterizedTest
    @CsvSource({"DATA, 451 4.3.2 not now, Data", "., 552 5.3.4 too large, Message"})
    void send_tellsWhetherTheDataOrTheMessageWasRefused(String command, String reply, String kind) throws Exception {
        StrictSmtp smtp = new StrictSmtp("PIPELINING").answering(command, reply);

        Submission sent = send(smtp, Pipelining.AUTO, TO_TWO, "x");

        assertThat(sent.outcome()).isEqualTo(Submission.Outcome.REFUSED);
        assertThat(sent.refusals())
                .singleElement()
                .extracting(refusal -> refusal.getClass().getSimpleName())
                .isEqualTo(kind);
    }

    @Test
    void send_leavesTheConnectionReadyAfterARefusal() throws Exception {
        StrictSmtp smtp = new StrictSmtp("PIPELINING").answering("MAIL FROM:<bad@", "550 5.7.1 no");
        try (ScriptedServer server = ScriptedServer.of(smtp)) {
            Endpoint endpoint = endpoint(server, Pipelining.AUTO);
            try (MailConnection connection =
                    checks.connector().connect(endpoint, CheckOptions.complete(), new Cancellation(), _ -> {})) {
                var sending = new MessageSending(endpoint);
                var bad = new Envelope("bad@x.test", List.of("a@x.test"), false, false, DeliveryStatus.unasked());

                sending.send(connection, bad, text("x"), _ -> {});
                assertThat(connection.timeline().state()).isEqualTo(ConnectionState.READY);
                assertThat(sending.send(connection, TO_TWO, text("y"), _ -> {}).outcome())
                        .isEqualTo(Submission.Outcome.SENT);
            }
        }
        assertThat(smtp.messages()).containsExactly("", "y\n");
    }

    @Test
    void send_declaresSizeBodyAndNotification() throws Exception {
        StrictSmtp smtp = new StrictSmtp("PIPELINING", "SIZE 1000", "8BITMIME", "SMTPUTF8", "DSN");
        var status = new DeliveryStatus(
                Optional.of(Returned.HDRS), Optional.of("id+1 =x"), Set.of(Notify.SUCCESS, Notify.FAILURE), true);

        send(
                smtp,
                Pipelining.AUTO,
                new Envelope("me@x.test", List.of("a+b@x.test", "ü@x.test"), true, true, status),
                "12345");

        assertThat(smtp.groups().getFirst())
                .containsExactly(
                        "MAIL FROM:<me@x.test> SIZE=5 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=id+2B1+20+3Dx",
                        "RCPT TO:<a+b@x.test> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;a+2Bb@x.test",
                        "RCPT TO:<ü@x.test> NOTIFY=SUCCESS,FAILURE ORCPT=utf-8;ü@x.test",
                        "DATA");
    }

    @Test
    void foreseen_namesWhatTheServerDoesNotAnnounce() {
        var none = new SmtpExtensions(List.of("SIZE 10"));
        var utf8 = new Envelope("me@x.test", List.of("a@x.test", "ü@x.test"), false, true, DeliveryStatus.unasked());
        var status = new Envelope(
                "me@x.test",
                List.of("a@x.test"),
                false,
                false,
                new DeliveryStatus(Optional.empty(), Optional.empty(), Set.of(Notify.NEVER), false));

        assertThat(SmtpTransaction.foreseen(utf8, 1, none)).contains(new Refusal.Utf8NotOffered("ü@x.test"));
        assertThat(SmtpTransaction.foreseen(status, 1, none)).contains(new Refusal.StatusNotOffered());
        assertThat(SmtpTransaction.foreseen(TO_TWO, 11, none)).contains(new Refusal.TooLarge(11, 10));
        assertThat(SmtpTransaction.foreseen(TO_TWO, 10, none)).isEmpty();
        assertThat(SmtpTransaction.foreseen(TO_TWO, 10, new SmtpExtensions(List.of("SIZE 0"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT TO:<a, 354 go, ProtocolViolation",
        "DATA, 250 ok, ProtocolViolation",
        "., 354 more, ProtocolViolation",
        "RCPT TO:<a, hello there, ProtocolViolation",
        "DATA, '250 ok\n354 go', ProtocolViolation",
        "RCPT TO:<b, '250 ok\n250 once more', ProtocolViolation",
        "DATA, '354 go\n250 once more', ProtocolViolation",
        "RCPT TO:<a, 421 4.3.2 shutting down, ServerEnded",
    })
    void send_endsTheConnectionWhenTheRepliesDoNotFit(String command, String reply, String kind) throws Exception {
        StrictSmtp smtp = new StrictSmtp("PIPELINING").answering(command, reply);

        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> send(smtp, Pipelining.AUTO, TO_TWO, "x"))
                .satisfies(e -> assertThat(e.failure().kind()).isEqualTo(kind));
    }

    @Test
    void send_isUncertainWhenTheConnectionEndsBeforeTheLastReply() throws Exception {
        StrictSmtp smtp = new StrictSmtp("PIPELINING").answering(".", "421 4.3.2 shutting down");

        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> send(smtp, Pipelining.AUTO, TO_TWO, "x"))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.ServerEnded.class));
        assertThat(heard.getLast().isUncertain()).isTrue();
        assertThat(heard.getLast().outcome()).isEqualTo(Submission.Outcome.REFUSED);
    }

    @Test
    void send_endsNoMessageThatBrokeOff() throws Exception {
        StrictSmtp smtp = new StrictSmtp("PIPELINING");
        MessageContent broken = new MessageContent() {
            @Override
            public long size() {
                return 5;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write("half\r\n".getBytes(StandardCharsets.US_ASCII));
                throw new IOException("gone");
            }
        };
        try (ScriptedServer server = ScriptedServer.of(smtp)) {
            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(() -> send(endpoint(server, Pipelining.AUTO), TO_TWO, broken));
            server.awaitScripts();
        }
        assertThat(smtp.messages()).isEmpty();
        assertThat(heard.getLast().isUncertain()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'.a\r\n..b\r\n', '..a|...b|.|'",
        "'a\n.\nb', 'a|..|b|.|'",
        "'a\r.\r\nb\r', 'a|..|b|.|'",
        "'', '.|'",
        "'a\r\r\n', 'a||.|'"
    })
    void dots_areDoubledAndLineEndsMadeWhole(String message, String stuffed) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DotStuffing(bytes);
        out.write(message.getBytes(StandardCharsets.UTF_8));
        out.end();

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(stuffed.replace("|", "\r\n"));
    }
}
