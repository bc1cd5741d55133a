package org.posthorn.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.client.smtp.DeliveryStatus;

/**
 * A test message as a person writes it.
 *
 * @param from an address, or a name and an address in angle brackets; the address is the envelope's sender too
 * @param to likewise, as are {@code cc} and {@code bcc}; one recipient at least in all three together
 * @param bcc receives the message without standing in it
 * @param body plain text
 * @param status what to be notified of (RFC 3461)
 */
public record MessageDraft(
        String from,
        List<String> to,
        List<String> cc,
        List<String> bcc,
        String subject,
        String body,
        Optional<Attachment> attachment,
        DeliveryStatus status) {
    public MessageDraft {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
    }

    /** A short message without an attachment. */
    public static MessageDraft of(String from, List<String> to) {
        return new MessageDraft(
                from,
                to,
                List.of(),
                List.of(),
                "Test message from Posthorn",
                "This message tests whether mail can be sent. It can be deleted.",
                Optional.empty(),
                DeliveryStatus.unasked());
    }

    public MessageDraft withAttachment(Optional<Attachment> chosen) {
        return new MessageDraft(from, to, cc, bcc, subject, body, chosen, status);
    }

    public MessageDraft withStatus(DeliveryStatus asked) {
        return new MessageDraft(from, to, cc, bcc, subject, body, attachment, asked);
    }

    public MessageDraft withSubject(String text) {
        return new MessageDraft(from, to, cc, bcc, text, body, attachment, status);
    }

    public MessageDraft withBody(String text) {
        return new MessageDraft(from, to, cc, bcc, subject, text, attachment, status);
    }

    public MessageDraft withCopies(List<String> open, List<String> blind) {
        return new MessageDraft(from, to, open, blind, subject, body, attachment, status);
    }

    /** The bare addresses of all recipients, each once. */
    public List<String> recipients() {
        return Stream.of(to, cc, bcc)
                .flatMap(List::stream)
                .flatMap(typed -> MailAddress.parse(typed).stream())
                .map(MailAddress::envelope)
                .distinct()
                .toList();
    }

    /** What is wrong, part by part; empty when the message can be made. */
    public List<DraftProblem> problems() {
        List<DraftProblem> problems = new ArrayList<>();
        check(problems, DraftField.FROM, List.of(from));
        check(problems, DraftField.TO, to);
        check(problems, DraftField.CC, cc);
        check(problems, DraftField.BCC, bcc);
        if (to.isEmpty() && cc.isEmpty() && bcc.isEmpty()) {
            problems.add(new DraftProblem(DraftField.TO, "the message needs a recipient."));
        }
        if (subject.chars().anyMatch(Character::isISOControl)) {
            problems.add(new DraftProblem(DraftField.SUBJECT, "a subject is one line without control characters."));
        }
        if (status.occasions().contains(DeliveryStatus.Notify.NEVER)
                && status.occasions().size() > 1) {
            problems.add(new DraftProblem(DraftField.NOTIFICATION, "never goes with no other occasion; choose one."));
        }
        attachment
                .flatMap(AttachmentSource::problem)
                .ifPresent(sentence -> problems.add(new DraftProblem(DraftField.ATTACHMENT, sentence)));
        return problems;
    }

    private static void check(List<DraftProblem> problems, DraftField field, List<String> typed) {
        typed.stream()
                .filter(address -> MailAddress.parse(address).isEmpty())
                .findFirst()
                .ifPresent(address -> problems.add(new DraftProblem(
                        field,
                        address.isBlank()
                                ? "an address is missing."
                                : "“" + address
                                        + "” is no address; write user@example.org or Name <user@example.org>.")));
    }
}
