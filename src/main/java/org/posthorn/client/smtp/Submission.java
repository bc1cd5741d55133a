package org.posthorn.client.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One message as far as it has come: an immutable snapshot, published anew at each reply.
 *
 * @param sender the reply to MAIL
 * @param recipients in the order of the envelope
 * @param data the reply to DATA
 * @param bytes how much of the message has been sent
 * @param complete whether its end was sent too: from then on the server may deliver it, whatever becomes of the connection
 * @param message the reply to its end, by which the server takes it or not; absent when the connection ended before
 */
public record Submission(
        Optional<SmtpReply> sender,
        List<Recipient> recipients,
        Optional<SmtpReply> data,
        long bytes,
        boolean complete,
        Optional<SmtpReply> message) {
    public Submission {
        recipients = List.copyOf(recipients);
    }

    /** What the server said to one recipient. */
    public record Recipient(String address, Optional<SmtpReply> reply) {
        public boolean isAccepted() {
            return reply.filter(SmtpReply::isPositive).isPresent();
        }
    }

    /** How it ended for all recipients together. */
    public enum Outcome {
        /** The server took it for every recipient. */
        SENT,
        /** The server took it, but not for every recipient. */
        PARTLY,
        /** The server took it for nobody. */
        REFUSED
    }

    /** Before a word of a message has been sent. */
    public static Submission to(List<String> addresses) {
        return new Submission(
                Optional.empty(),
                addresses.stream()
                        .map(address -> new Recipient(address, Optional.empty()))
                        .toList(),
                Optional.empty(),
                0,
                false,
                Optional.empty());
    }

    public Outcome outcome() {
        if (!hasRecipients() || message.filter(SmtpReply::isPositive).isEmpty()) {
            return Outcome.REFUSED;
        }
        return recipients.stream().allMatch(Recipient::isAccepted) ? Outcome.SENT : Outcome.PARTLY;
    }

    /** Whether the server would take a message for anybody: without a sender it takes none, whatever it says of recipients. */
    boolean hasRecipients() {
        return sender.filter(SmtpReply::isPositive).isPresent()
                && recipients.stream().anyMatch(Recipient::isAccepted);
    }

    /** Whether the message was sent whole and the server has not said what it does with it: it may be delivered. */
    public boolean isUncertain() {
        return complete && message.isEmpty();
    }

    /** Whether the server took the message for this recipient. */
    public boolean isDelivered(Recipient recipient) {
        return hasRecipients()
                && recipient.isAccepted()
                && message.filter(SmtpReply::isPositive).isPresent();
    }

    /**
     * Everything the server refused, in order. What it only said because of an earlier refusal is left out: after a refused
     * sender each recipient is refused too.
     */
    public List<Refusal> refusals() {
        if (isNo(sender)) {
            return List.of(new Refusal.Sender(sender.orElseThrow()));
        }
        Stream<Refusal> refused = recipients.stream()
                .filter(recipient -> isNo(recipient.reply()))
                .map(recipient -> new Refusal.Recipient(
                        recipient.address(), recipient.reply().orElseThrow()));
        Stream<Refusal> after = hasRecipients()
                ? Stream.concat(
                        data.filter(reply -> !reply.isIntermediate()).map(Refusal.Data::new).stream(),
                        message.filter(reply -> !reply.isPositive()).map(Refusal.Message::new).stream())
                : Stream.empty();
        return Stream.concat(refused, after).toList();
    }

    private static boolean isNo(Optional<SmtpReply> reply) {
        return reply.filter(said -> !said.isPositive()).isPresent();
    }

    Submission withSender(SmtpReply reply) {
        return new Submission(Optional.of(reply), recipients, data, bytes, complete, message);
    }

    Submission withRecipient(int index, SmtpReply reply) {
        List<Recipient> changed = new ArrayList<>(recipients);
        changed.set(index, new Recipient(recipients.get(index).address(), Optional.of(reply)));
        return new Submission(sender, changed, data, bytes, complete, message);
    }

    Submission withData(SmtpReply reply) {
        return new Submission(sender, recipients, Optional.of(reply), bytes, complete, message);
    }

    Submission withBytes(long sent) {
        return new Submission(sender, recipients, data, sent, complete, message);
    }

    Submission withEnd() {
        return new Submission(sender, recipients, data, bytes, true, message);
    }

    Submission withMessage(SmtpReply reply) {
        return new Submission(sender, recipients, data, bytes, true, Optional.of(reply));
    }
}
