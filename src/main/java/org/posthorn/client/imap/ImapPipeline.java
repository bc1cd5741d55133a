package org.posthorn.client.imap;

import java.io.EOFException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.posthorn.account.Endpoint;
import org.posthorn.client.line.InFlight;
import org.posthorn.client.line.ReadOnly;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/**
 * Sends commands with tags of their own, ahead of their replies where pipelining is in force; a server may answer them in
 * another order (RFC 9051 §5.5). One for each piece of work on a connection. The operation timeout is the limit for each
 * line of a reply.
 */
public final class ImapPipeline {
    /** Each line has a limit of its own; the lists of a very large mailbox have some megabytes. */
    private static final long MOST_KEPT = 64L * 1024 * 1024;

    private final Transport transport;
    private final Endpoint endpoint;
    private final boolean pipelined;
    private int tags;
    private Optional<String> bye = Optional.empty();

    public ImapPipeline(Transport transport, Endpoint endpoint, boolean pipelined) {
        this.transport = transport;
        this.endpoint = endpoint;
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
        List<String> untagged = new ArrayList<>();
        AtomicLong kept = new AtomicLong();
        carryOut(
                commands,
                () -> awaitLine(ImapEngine::line),
                line -> {
                    if (kept.addAndGet(line.length()) > MOST_KEPT) {
                        throw new FailureException(
                                new Failure.TooMuchReceived(transport.phase(), "the replies to a command", MOST_KEPT));
                    }
                    untagged.add(line);
                },
                (command, end) -> {
                    answers.accept(new ImapAnswer(command, new ImapReply(untagged, end.status(), end.tagged())));
                    untagged.clear();
                    kept.set(0);
                });
    }

    /**
     * Carries out the commands and keeps nothing of what they bring.
     *
     * @param responses takes what comes untagged, whichever of the commands it belongs to
     * @param answers hears the end of each, without what came untagged
     * @throws FailureException when the connection was lost or what came is not the protocol, and what the responses throw
     */
    public void run(List<ImapCommand> commands, ImapResponses responses, Consumer<ImapAnswer> answers)
            throws FailureException {
        LiteralReader reader = new LiteralReader(transport, this::awaitLine, responses);
        carryOut(
                commands,
                reader::line,
                responses::untagged,
                (command, end) -> answers.accept(new ImapAnswer(command, end)));
    }

    private interface Reading {
        String line() throws FailureException;
    }

    private interface Untagged {
        void take(String line) throws FailureException;
    }

    private void carryOut(
            List<ImapCommand> commands, Reading reading, Untagged untagged, BiConsumer<ImapCommand, ImapReply> ends)
            throws FailureException {
        ReadOnly.check(endpoint, commands.stream().allMatch(ImapCommand::onlyReads));
        var inFlight = new InFlight<Tagged>(transport, limit(), pipelined, Tagged::line, Tagged::mayFollow);
        inFlight.add(commands.stream()
                .map(command -> new Tagged("p" + ++tags, command))
                .toList());
        for (List<Tagged> waiting = inFlight.send(); !waiting.isEmpty(); waiting = inFlight.send()) {
            String line = reading.line();
            if (line.startsWith("* ")) {
                bye = isBye(line) ? Optional.of(line) : bye;
                untagged.take(line);
            } else {
                Tagged ended = ended(line, waiting);
                inFlight.answered(ended);
                ends.accept(ended.command(), new ImapReply(List.of(), status(line), line));
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

    private <T> T awaitLine(Transport.Exchange<T> reading) throws FailureException {
        return transport.exchange(limit(), lines -> {
            try {
                return reading.run(lines);
            } catch (EOFException | SocketException e) {
                if (bye.isPresent()) {
                    throw new FailureException(new Failure.ServerEnded(transport.phase(), bye.get()));
                }
                throw e;
            }
        });
    }

    private static boolean isBye(String line) {
        return line.regionMatches(true, 0, "* BYE", 0, 5);
    }

    private FailureException violation(String detail, String received) {
        return new FailureException(
                new Failure.ProtocolViolation(transport.phase(), detail, transport.masked(received)));
    }

    private Duration limit() {
        return endpoint.timeouts().operation();
    }
}
