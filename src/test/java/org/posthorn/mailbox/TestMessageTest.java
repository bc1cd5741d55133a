package org.posthorn.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.client.smtp.DeliveryStatus;
import org.posthorn.client.smtp.SmtpExtensions;

/** What a test message is made of. */
class TestMessageTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-27T08:00:00Z"), ZoneOffset.UTC);
    private static final SmtpExtensions ALL = new SmtpExtensions(List.of("8BITMIME", "SMTPUTF8"));
    private static final SmtpExtensions NONE = new SmtpExtensions(List.of());
    private static final MessageDraft DRAFT = MessageDraft.of("Me <me@x.test>", List.of("you@x.test"));

    private static TestMessage message(MessageDraft draft, SmtpExtensions extensions) throws IOException {
        return TestMessage.of(draft, extensions, CLOCK);
    }

    private static byte[] bytes(TestMessage message) throws IOException {
        var bytes = new ByteArrayOutputStream();
        message.writeTo(bytes);
        return bytes.toByteArray();
    }

    private static String text(TestMessage message) throws IOException {
        return new String(bytes(message), StandardCharsets.UTF_8);
    }

    private static MimeMessage parsed(TestMessage message) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes(message)));
    }

    @Test
    void holdsItsHeadersAndNotItsBlindRecipients() throws Exception {
        MessageDraft draft = DRAFT.withCopies(List.of("cc@x.test"), List.of("hidden@x.test", "you@x.test"));

        TestMessage message = message(draft, NONE);

        assertThat(parsed(message).getFrom()[0]).hasToString("Me <me@x.test>");
        assertThat(parsed(message).getHeader("To")).containsExactly("you@x.test");
        assertThat(parsed(message).getHeader("Cc")).containsExactly("cc@x.test");
        assertThat(parsed(message).getSentDate()).isEqualTo(CLOCK.instant());
        assertThat(parsed(message).getMessageID()).isEqualTo(message.mark().messageId());
        assertThat(parsed(message).getHeader(MessageMark.HEADER))
                .containsExactly(message.mark().mark());
        assertThat(text(message)).doesNotContain("hidden");
        assertThat(message.envelope().sender()).isEqualTo("me@x.test");
        assertThat(message.envelope().recipients()).containsExactly("you@x.test", "cc@x.test", "hidden@x.test");
    }

    @Test
    void isMarkedByAWordThatNoOtherHas() throws IOException {
        assertThat(message(DRAFT, NONE).mark())
                .isNotEqualTo(message(DRAFT, NONE).mark());
    }

    @ParameterizedTest
    @CsvSource({
        "hello, true, false, 7bit",
        "Grüße, true, true, 8bit",
        "Grüße, false, false, quoted-printable",
    })
    void encodesWhatTheServerDoesNotTake(String body, boolean offered, boolean eightBit, String encoding)
            throws Exception {
        TestMessage message = message(DRAFT.withBody(body), offered ? ALL : NONE);

        assertThat(message.envelope().eightBit()).isEqualTo(eightBit);
        assertThat(parsed(message).getEncoding()).isEqualTo(encoding);
        assertThat(parsed(message).getContent()).isEqualTo(body + "\r\n");
        assertThat(message.size()).isEqualTo(bytes(message).length);
    }

    @Test
    void encodesALineThatIsTooLong() throws Exception {
        TestMessage message = message(DRAFT.withBody("ü".repeat(2000)), ALL);

        assertThat(message.envelope().eightBit()).isFalse();
        assertThat(text(message).lines()).allMatch(line -> line.length() <= 998);
    }

    @ParameterizedTest
    @CsvSource({"jürgen@x.test, jürgen@x.test, true", "me@bücher.test, me@xn--bcher-kva.test, false"})
    void needsTheExtensionForALocalPartAlone(String typed, String address, boolean utf8) throws IOException {
        TestMessage message = message(MessageDraft.of("me@x.test", List.of(typed)), ALL);

        assertThat(message.envelope().recipients()).containsExactly(address);
        assertThat(message.envelope().utf8()).isEqualTo(utf8);
        assertThat(text(message)).contains("To: " + address + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 100_000})
    void attachesSoManyBytesThatAreTheSameEachTime(long size) throws Exception {
        TestMessage message = message(DRAFT.withAttachment(Optional.of(new Attachment.Generated(size))), NONE);

        assertThat(message.size()).isEqualTo(bytes(message).length);
        assertThat(bytes(message)).isEqualTo(bytes(message));
        BodyPart attached = ((MimeMultipart) parsed(message).getContent()).getBodyPart(1);
        assertThat(attached.getInputStream().readAllBytes()).hasSize((int) size);
        assertThat(attached.getFileName()).isEqualTo("posthorn-" + size + ".bin");
    }

    @Test
    void namesWhatIsWrongPartByPart(@TempDir Path folder) {
        MessageDraft draft = new MessageDraft(
                "",
                List.of("no address"),
                List.of(),
                List.of("a@b.test, c@d.test"),
                "two\nlines",
                "",
                Optional.of(new Attachment.File(folder.resolve("missing"))),
                new DeliveryStatus(
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(DeliveryStatus.Notify.NEVER, DeliveryStatus.Notify.DELAY),
                        false));

        assertThat(draft.problems())
                .extracting(DraftProblem::field)
                .containsExactly(
                        DraftField.FROM,
                        DraftField.TO,
                        DraftField.BCC,
                        DraftField.SUBJECT,
                        DraftField.NOTIFICATION,
                        DraftField.ATTACHMENT);
        assertThat(MessageDraft.of("me@x.test", List.of()).problems())
                .extracting(DraftProblem::field)
                .containsExactly(DraftField.TO);
        assertThat(DRAFT.withAttachment(Optional.of(new Attachment.Generated(Attachment.LARGEST + 1)))
                        .problems())
                .hasSize(1);
        assertThat(DRAFT.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@x.test>\r\nRCPT TO:<b@x.test",
                "a b@x.test",
                "\"a\nb\"@x.test",
                "\"a>b\"@x.test",
                "@x.test",
                "a@",
                "<>"
            })
    void takesNoAddressThatCouldBeACommand(String typed) {
        assertThat(MessageDraft.of("me@x.test", List.of(typed)).problems()).isNotEmpty();
    }
}
