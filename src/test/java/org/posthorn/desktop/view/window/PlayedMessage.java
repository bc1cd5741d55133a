package org.posthorn.desktop.view.window;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.client.smtp.SmtpReply;
import org.posthorn.client.smtp.Submission;
import org.posthorn.desktop.viewmodel.connection.MessageListener;
import org.posthorn.desktop.viewmodel.connection.MessageOrder;
import org.posthorn.mailbox.Deletion;
import org.posthorn.mailbox.FoundMessage;
import org.posthorn.mailbox.Hop;
import org.posthorn.mailbox.MessageMark;
import org.posthorn.mailbox.RoundTripResult;
import org.posthorn.mailbox.SendingOutcome;
import org.posthorn.mailbox.SendingResult;
import org.posthorn.timeline.Timeline;

/** Plays a message that the server takes for all but those whose address begins with “old”. */
final class PlayedMessage {
    private static final Instant START = Instant.parse("2026-11-23T10:41:07Z");

    private PlayedMessage() {}

    static void play(MessageOrder order, MessageListener listener) {
        List<Submission.Recipient> recipients = new ArrayList<>();
        order.draft().recipients().forEach(address -> recipients.add(recipient(address)));
        Submission submission = new Submission(
                Optional.of(reply(250, "250 2.1.0 Ok")),
                recipients,
                Optional.of(reply(354, "354 End data with <CR><LF>.<CR><LF>")),
                812,
                true,
                Optional.of(reply(250, "250 2.0.0 Ok: queued as 81A0D218B7F")));
        listener.sending(submission);
        boolean all = recipients.stream().allMatch(Submission.Recipient::isAccepted);
        listener.sent(new SendingResult(
                session(order.sender()),
                Optional.of(new SendingResult.Outline(
                        new MessageMark("<m@acme.example>", "m"), "alice@acme.example", 812, false, false)),
                Optional.of(submission),
                submission.refusals(),
                Duration.ofMillis(204),
                0,
                all ? SendingOutcome.SENT : SendingOutcome.PARTLY));
        order.mailbox().ifPresent(mailbox -> listener.found(found(mailbox)));
        listener.ended();
    }

    private static RoundTripResult found(Endpoint mailbox) {
        List<Hop> hops = List.of(
                hop("[192.0.2.77] (unknown [192.0.2.77])", "smtp.acme.example", "ESMTPSA", "58314218A91", 0),
                hop("smtp.acme.example", "mx.acme.example", "ESMTPS", "4c1Yt62Qz", 2),
                hop("mx.acme.example", "store.acme.example", "LMTP", "m735As05CWuOOgAAg", 1));
        return new RoundTripResult(
                session(mailbox),
                Optional.of(new FoundMessage("INBOX", hops, Deletion.DELETED)),
                Duration.ofMillis(3120),
                4,
                RoundTripResult.Outcome.FOUND);
    }

    private static Hop hop(String from, String by, String with, String id, int delay) {
        return new Hop(
                Optional.of(from),
                Optional.of(by),
                Optional.of(with),
                Optional.of(id),
                Optional.of(START),
                delay == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(delay)));
    }

    private static CheckResult session(Endpoint endpoint) {
        return new CheckResult(endpoint, CheckOutcome.READY, Timeline.empty(1));
    }

    private static Submission.Recipient recipient(String address) {
        return new Submission.Recipient(
                address,
                Optional.of(
                        address.startsWith("old")
                                ? reply(550, "550 5.1.1 <" + address + ">: Recipient address rejected: User unknown")
                                : reply(250, "250 2.1.5 Ok")));
    }

    private static SmtpReply reply(int code, String line) {
        return new SmtpReply(code, List.of(line));
    }
}
