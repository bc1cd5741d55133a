package org.posthorn.mailbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.posthorn.client.CheckResult;
import org.posthorn.client.smtp.Refusal;
import org.posthorn.client.smtp.Submission;

/**
 * A test message and what became of it.
 *
 * @param session the connection over which it went; its failure is also one that ended it in the middle of the message
 * @param message absent when the connection did not come about
 * @param submission likewise, and when nothing was sent since the refusal was foreseen
 * @param refusals what the server refused, or would have by its announcement
 * @param elapsed from the connection, once it was there, to the last reply
 * @param ended when the last reply came, by {@link System#nanoTime()}
 */
public record SendingResult(
        CheckResult session,
        Optional<Outline> message,
        Optional<Submission> submission,
        List<Refusal> refusals,
        Duration elapsed,
        long ended,
        SendingOutcome outcome) {
    public SendingResult {
        refusals = List.copyOf(refusals);
    }

    /** What was sent, in short. */
    public record Outline(MessageMark mark, String sender, long size, boolean eightBit, boolean utf8) {
        static Outline of(TestMessage message) {
            return new Outline(
                    message.mark(),
                    message.envelope().sender(),
                    message.size(),
                    message.envelope().eightBit(),
                    message.envelope().utf8());
        }
    }

    /** Whether the message may be on its way to somebody. */
    public boolean isUnderWay() {
        return switch (outcome) {
            case SENT, PARTLY, UNCERTAIN -> true;
            case REFUSED, FAILED, CANCELLED -> false;
        };
    }
}
