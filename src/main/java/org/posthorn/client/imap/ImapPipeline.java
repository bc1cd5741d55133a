package org.posthorn.client.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.posthorn.account.Timeouts;
import org.posthorn.client.line.InFlight;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/**
 * Sends commands with tags of their own, ahead of their replies where pipelining is in force; a server may answer them in
 * another order (RFC 9051 §5.5). One for each piece of work on a connection. The operation timeout is the limit for each
 * line of a reply.
 */
public final class ImapPipeline {
    private final Transport transport;
    private final Timeouts timeouts;
    private final boolean pipelined;
    private int tags;

    public ImapPipeline(Transport transport, Timeouts timeouts, boolean pipelined) {
        this.transport = transport;
        this.timeouts = timeouts;
        this.pipelined = pipelined;
    }

    private record Tagged(String tag, ImapCommand command) {
        String line() {
            return tag + " " + command.text();
        }

        static boolean mayFollow(Tagged next, List<Tagged> waiting) {
            return next.command()
                    .mayFollow(waiting.stream().map(Tagged::command).toList());
        }
    }

    /**
     * Carries out the commands; they begin in their order.
     *
     * @param answers hears the end of each, on the calling thread; a refusal is one of them
     * @throws FailureException when the connection was lost or what came is not the protocol
     */
    public void run(List<ImapCommand> commands, Consumer<ImapAnswer> answers) throws FailureException {
        var inFlight =
                new InFlight<Tagged>(transport, timeouts.operation(), pipelined, Tagged::line, Tagged::mayFollow);
        inFlight.add(commands.stream()
                .map(command -> new Tagged("p" + ++tags, command))
                .toList());
        List<String> untagged = new ArrayList<>();
        for (List<Tagged> waiting = inFlight.send(); !waiting.isEmpty(); waiting = inFlight.send()) {
            String line = awaitLine(untagged);
            if (line.startsWith("* ")) {
                untagged.add(line);
            } else {
                Tagged ended = ended(line, waiting);
                inFlight.answered(ended);
                answers.accept(new ImapAnswer(ended.command(), new ImapReply(untagged, status(line), line)));
                untagged.clear();
            }
        }
    }

    private Tagged ended(String line, List<Tagged> waiting) throws FailureException {
        return waiting.stream()
                .filter(tagged -> line.startsWith(tagged.tag() + " "))
                .findFirst()
                .orElseThrow(() -> violation("a line that ends none of the commands under way", line));
    }

    private String status(String tagged) throws FailureException {
        return ImapReply.statusOf(tagged)
                .orElseThrow(() -> violation("a tagged reply that is neither OK, NO nor BAD", tagged));
    }

    private String awaitLine(List<String> untagged) throws FailureException {
        return transport.exchange(timeouts.operation(), lines -> Farewell.line(transport, lines, untagged));
    }

    private FailureException violation(String detail, String received) {
        return new FailureException(
                new Failure.ProtocolViolation(transport.phase(), detail, transport.masked(received)));
    }
}
