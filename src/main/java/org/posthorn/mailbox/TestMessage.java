package org.posthorn.mailbox;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.posthorn.client.smtp.Envelope;
import org.posthorn.client.smtp.MessageContent;
import org.posthorn.client.smtp.SmtpExtensions;

/** A message made of a draft for one server: what the server cannot take is encoded. */
public final class TestMessage implements MessageContent {
    /** Without its line end (RFC 5322 §2.1.1). */
    private static final int LONGEST_LINE = 998;

    private static final String POSITION = "X-Posthorn-Number";

    private final MimeMessage message;
    private final MessageMark mark;
    private final Envelope envelope;
    private final long size;

    private TestMessage(MimeMessage message, MessageMark mark, Envelope envelope) throws IOException {
        this.message = message;
        this.mark = mark;
        this.envelope = envelope;
        this.size = counted();
    }

    /**
     * Makes the message; a draft with a problem must not come here.
     *
     * @throws IOException when a file that is to be attached cannot be read
     */
    public static TestMessage of(MessageDraft draft, SmtpExtensions extensions, Clock clock) throws IOException {
        return of(draft, extensions, clock, Optional.empty());
    }

    /**
     * The same as one of many.
     *
     * @param position such as {@code 3 of 10}, in the header {@value #POSITION}
     */
    public static TestMessage of(MessageDraft draft, SmtpExtensions extensions, Clock clock, Optional<String> position)
            throws IOException {
        try {
            return new Composition(draft, extensions, clock, position).message();
        } catch (MessagingException e) {
            throw new IllegalStateException("the parts of a message did not fit together", e);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try {
            message.writeTo(out);
        } catch (MessagingException e) {
            throw new IllegalStateException("a message that was made could not be written", e);
        }
    }

    public Envelope envelope() {
        return envelope;
    }

    public MessageMark mark() {
        return mark;
    }

    private long counted() throws IOException {
        var count = new OutputStream() {
            private long bytes;

            @Override
            public void write(int b) {
                bytes++;
            }

            @Override
            public void write(byte[] more, int offset, int length) {
                bytes += length;
            }
        };
        writeTo(count);
        return count.bytes;
    }

    /** Jakarta Mail gives each message a Message-ID of its own making. */
    private static final class Marked extends MimeMessage {
        private final String id;

        Marked(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    private static final class Composition {
        private final MessageDraft draft;
        private final Clock clock;
        private final Optional<String> position;
        private final MailAddress sender;
        private final boolean utf8;
        private final boolean plainBody;
        private final boolean eightBit;

        Composition(MessageDraft draft, SmtpExtensions extensions, Clock clock, Optional<String> position) {
            this.draft = draft;
            this.position = position;
            this.clock = clock;
            this.sender = address(draft.from());
            this.utf8 = sender.needsUtf8()
                    || draft.recipients().stream().anyMatch(each -> each.chars().anyMatch(c -> c > 127));
            boolean shortLines = draft.body().lines().allMatch(line -> line.length() * 3 <= LONGEST_LINE);
            this.plainBody = shortLines && draft.body().chars().allMatch(c -> c < 128);
            this.eightBit = shortLines && !plainBody && extensions.eightBit();
        }

        TestMessage message() throws MessagingException, IOException {
            MessageMark mark = MessageMark.fresh(sender.domain());
            MimeMessage message = new Marked(session(), mark.messageId());
            message.setFrom(internet(sender));
            message.setRecipients(Message.RecipientType.TO, internet(draft.to()));
            message.setRecipients(Message.RecipientType.CC, internet(draft.cc()));
            message.setSubject(draft.subject(), "UTF-8");
            message.setSentDate(Date.from(clock.instant()));
            message.setHeader(MessageMark.HEADER, mark.mark());
            if (position.isPresent()) {
                message.setHeader(POSITION, position.get());
            }
            fill(message);
            message.saveChanges();
            return new TestMessage(
                    message, mark, new Envelope(sender.envelope(), draft.recipients(), eightBit, utf8, draft.status()));
        }

        private Session session() {
            Properties properties = new Properties();
            properties.setProperty("mail.mime.allowutf8", Boolean.toString(utf8));
            return Session.getInstance(properties);
        }

        private void fill(MimeMessage message) throws MessagingException, IOException {
            if (draft.attachment().isEmpty()) {
                text(message);
                return;
            }
            MimeBodyPart text = new MimeBodyPart();
            text(text);
            AttachmentSource source = AttachmentSource.of(draft.attachment().get());
            MimeBodyPart attached = new MimeBodyPart();
            attached.setDataHandler(new DataHandler(source));
            attached.setFileName(source.getName());
            attached.setHeader("Content-Transfer-Encoding", "base64");
            message.setContent(new MimeMultipart(text, attached));
        }

        private void text(Part part) throws MessagingException {
            String body = String.join("\r\n", draft.body().lines().toList()) + "\r\n";
            part.setContent(body, "text/plain; charset=UTF-8");
            part.setHeader("Content-Transfer-Encoding", plainBody ? "7bit" : eightBit ? "8bit" : "quoted-printable");
        }

        private static MailAddress address(String typed) {
            return MailAddress.parse(typed).orElseThrow(() -> new IllegalArgumentException("no address"));
        }

        private static InternetAddress internet(MailAddress address) throws MessagingException, IOException {
            return address.name().isEmpty()
                    ? new InternetAddress(address.envelope(), false)
                    : new InternetAddress(address.envelope(), address.name(), "UTF-8");
        }

        private static InternetAddress[] internet(List<String> typed) throws MessagingException, IOException {
            InternetAddress[] addresses = new InternetAddress[typed.size()];
            for (int i = 0; i < addresses.length; i++) {
                addresses[i] = internet(address(typed.get(i)));
            }
            return addresses;
        }
    }
}
