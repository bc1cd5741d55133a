package org.posthorn.client.smtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.posthorn.account.Timeouts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/**
 * Sends one message over a connection that is ready for it (RFC 5321 §3.3). With pipelining MAIL, every RCPT and DATA go in
 * one write, as far as they fit into the smallest window that a server may have; without it each command waits for the
 * reply to the one before (RFC 2920). The operation timeout is the limit for each reply and for each block of the message.
 */
public final class SmtpTransaction {
    /** More might fill both directions at once, and neither side would go on (RFC 2920 §3.1). */
    static final int WINDOW = 4096;

    private final Transport transport;
    private final Timeouts timeouts;
    private final SmtpExtensions extensions;
    private final boolean pipelined;
    private final SmtpReplies replies;
    private final Consumer<Submission> live;
    private Submission submission = Submission.to(List.of());

    /**
     * For one message.
     *
     * @param live hears a snapshot at each reply, on the calling thread
     */
    public SmtpTransaction(
            Transport transport,
            Timeouts timeouts,
            SmtpExtensions extensions,
            boolean pipelined,
            Consumer<Submission> live) {
        this.transport = transport;
        this.timeouts = timeouts;
        this.extensions = extensions;
        this.pipelined = pipelined;
        this.replies = new SmtpReplies(transport);
        this.live = live;
    }

    /**
     * Says what the server's announcement already forbids.
     *
     * @return empty when the message may be sent
     */
    public static Optional<Refusal> foreseen(Envelope envelope, long size, SmtpExtensions extensions) {
        if (envelope.utf8() && !extensions.utf8()) {
            String address = envelope.recipients().stream()
                    .filter(each -> each.chars().anyMatch(c -> c > 127))
                    .findFirst()
                    .orElse(envelope.sender());
            return Optional.of(new Refusal.Utf8NotOffered(address));
        }
        if (envelope.status().isAsked() && !extensions.deliveryStatus()) {
            return Optional.of(new Refusal.StatusNotOffered());
        }
        return extensions.largest().isPresent() && size > extensions.largest().getAsLong()
                ? Optional.of(new Refusal.TooLarge(size, extensions.largest().getAsLong()))
                : Optional.empty();
    }

    /**
     * Sends the message to all recipients that the server takes.
     *
     * @throws FailureException when the connection was lost, a limit passed, the server ended the session or what it says is
     *     not the protocol; how far the message came is what was heard last
     */
    public Submission send(Envelope envelope, MessageContent content) throws FailureException {
        now(Submission.to(envelope.recipients()));
        if (pipelined && !extensions.pipelining()) {
            transport.note(
                    "The server does not announce PIPELINING; commands are sent together all the same, as was asked.");
        }
        int position = 0;
        for (List<String> group : groups(MailCommands.of(envelope, content.size(), extensions))) {
            if (!mayGoOn(group)) {
                break;
            }
            sendGroup(group, position);
            position += group.size();
        }
        if (submission.data().filter(SmtpReply::isIntermediate).isPresent()) {
            sendContent(content);
        } else if (submission.sender().filter(SmtpReply::isPositive).isPresent()) {
            command("RSET");
        }
        return submission;
    }

    /** Commands that go in one write: without pipelining one each. */
    private List<List<String>> groups(List<String> commands) {
        List<List<String>> groups = new ArrayList<>();
        int octets = WINDOW;
        for (String command : commands) {
            int length = command.getBytes(StandardCharsets.UTF_8).length + 2;
            if (!pipelined || octets + length > WINDOW) {
                groups.add(new ArrayList<>());
                octets = 0;
            }
            groups.getLast().add(command);
            octets += length;
        }
        return groups;
    }

    /** A refusal that is known already makes what follows pointless. */
    private boolean mayGoOn(List<String> group) {
        boolean senderRefused =
                submission.sender().filter(reply -> !reply.isPositive()).isPresent();
        boolean nobody = group.equals(List.of("DATA")) && !submission.hasRecipients();
        return !senderRefused && !nobody;
    }

    private void sendGroup(List<String> group, int position) throws FailureException {
        byte[] together = (String.join("\r\n", group) + "\r\n").getBytes(StandardCharsets.UTF_8);
        transport.exchange(timeouts.operation(), lines -> {
            lines.sendRaw(together);
            return group;
        });
        for (int i = 0; i < group.size(); i++) {
            learn(group.get(i), position + i, reply());
        }
    }

    private void learn(String command, int position, SmtpReply reply) throws FailureException {
        boolean data = command.equals("DATA");
        if (data ? reply.isPositive() : reply.isIntermediate()) {
            throw violation("a reply that does not belong to " + command.split("[ :]", 2)[0], reply);
        }
        if (data) {
            now(submission.withData(reply));
        } else if (position == 0) {
            now(submission.withSender(reply));
        } else {
            now(submission.withRecipient(position - 1, reply));
        }
    }

    /** Where the server waits for a message to nobody, the message is empty (RFC 2920 §3.1). */
    private void sendContent(MessageContent content) throws FailureException {
        if (transport.isAhead()) {
            throw new FailureException(new Failure.ProtocolViolation(
                    transport.phase(), "more replies than there were commands", transport.masked(transport.unread())));
        }
        var blocks = new ContentBlocks(transport, timeouts.operation(), sent -> now(submission.withBytes(sent)));
        blocks.send(submission.hasRecipients() ? content::writeTo : _ -> {}, () -> now(submission.withEnd()));
        SmtpReply reply = reply();
        if (reply.isIntermediate()) {
            throw violation("a reply that does not end a message", reply);
        }
        now(submission.withMessage(reply));
    }

    private SmtpReply command(String command) throws FailureException {
        transport.exchange(timeouts.operation(), lines -> {
            lines.send(command);
            return command;
        });
        return reply();
    }

    private SmtpReply reply() throws FailureException {
        SmtpReply reply = masked(transport.exchange(timeouts.operation(), replies::next));
        // It ends the session whatever it answers (RFC 5321 §3.8).
        if (reply.code() == 421) {
            throw new FailureException(new Failure.ServerEnded(transport.phase(), reply.text()));
        }
        return reply;
    }

    private SmtpReply masked(SmtpReply reply) {
        return new SmtpReply(
                reply.code(), reply.lines().stream().map(transport::masked).toList());
    }

    private FailureException violation(String detail, SmtpReply reply) {
        return new FailureException(new Failure.ProtocolViolation(transport.phase(), detail, reply.text()));
    }

    private void now(Submission snapshot) {
        submission = snapshot;
        live.accept(snapshot);
    }
}
