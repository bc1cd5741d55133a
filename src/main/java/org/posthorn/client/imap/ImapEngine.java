package org.posthorn.client.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Timeouts;
import org.posthorn.client.line.Greetings;
import org.posthorn.client.line.LineEngine;
import org.posthorn.sasl.LoginReply;
import org.posthorn.sasl.SaslExchange;
import org.posthorn.sasl.SaslReply;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/** IMAP up to the login (RFC 9051, RFC 3501). */
public final class ImapEngine implements LineEngine {
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,10})}$");

    /** What servers take at least, for want of a limit in the standard (RFC 7162 §4). */
    private static final int LONGEST_COMMAND = 8192;

    private final Transport transport;
    private final Timeouts timeouts;
    private int tags;
    private String tag = "";
    private List<String> untagged = new ArrayList<>();

    public ImapEngine(Transport transport, Timeouts timeouts) {
        this.transport = transport;
        this.timeouts = timeouts;
    }

    @Override
    public Greeting greeting() throws FailureException {
        String line = transport.exchange(timeouts.greeting(), ImapEngine::line);
        Optional<String> other = Greetings.otherThan(Protocol.IMAP, line);
        if (other.isPresent()) {
            throw new FailureException(new Failure.WrongProtocol(other.get(), line));
        }
        String upper = line.toUpperCase(Locale.ROOT);
        if (upper.startsWith("* BYE")) {
            throw new FailureException(new Failure.GreetingRefused(line));
        }
        if (!upper.startsWith("* OK") && !upper.startsWith("* PREAUTH")) {
            throw violation("the first line is no IMAP greeting", line);
        }
        return new Greeting(line, upper.startsWith("* PREAUTH"), ImapReply.capabilitiesIn(line));
    }

    @Override
    public List<String> capabilities() throws FailureException {
        ImapReply reply = command("CAPABILITY");
        if (!reply.isOk()) {
            throw rejected("CAPABILITY", reply);
        }
        return reply.capabilities().orElse(List.of());
    }

    @Override
    public boolean offersStarttls(List<String> capabilities) {
        return has(capabilities, "STARTTLS");
    }

    @Override
    public String starttls() throws FailureException {
        ImapReply reply = command("STARTTLS");
        if (!reply.isOk()) {
            throw new FailureException(new Failure.StarttlsRefused(reply.tagged()));
        }
        return reply.tagged();
    }

    @Override
    public List<String> mechanisms(List<String> capabilities) {
        return capabilities.stream()
                .map(c -> c.toUpperCase(Locale.ROOT))
                .filter(c -> c.startsWith("AUTH="))
                .map(c -> c.substring("AUTH=".length()))
                .toList();
    }

    @Override
    public List<String> loginCommands() {
        return List.of("IMAP-LOGIN");
    }

    @Override
    public boolean offersLoginCommand(String command, List<String> capabilities) {
        return !forbidsLoginCommand(capabilities);
    }

    @Override
    public boolean forbidsLoginCommand(List<String> capabilities) {
        return has(capabilities, "LOGINDISABLED");
    }

    @Override
    public LoginReply login(String command, Login.Password login) throws FailureException {
        return transport.exchange(timeouts.operation(), lines -> {
            nextTag();
            List<byte[]> pieces = LoginCommand.pieces(tag, login);
            for (byte[] piece : pieces.subList(0, pieces.size() - 1)) {
                lines.sendRaw(piece);
                SaslReply reply = read(lines);
                if (reply instanceof SaslReply.Decided(LoginReply decided)) {
                    return decided;
                }
            }
            lines.sendRaw(pieces.getLast());
            return tagged(lines);
        });
    }

    @Override
    public SaslExchange sasl() {
        return new SaslExchange() {
            @Override
            public boolean fits(String mechanism, String initialResponse) {
                return ("a" + (tags + 1) + " AUTHENTICATE " + mechanism + " " + initialResponse + "\r\n").length()
                        <= LONGEST_COMMAND;
            }

            @Override
            public SaslReply start(String mechanism, Optional<String> initialResponse) throws FailureException {
                String rest = initialResponse.map(first -> " " + first).orElse("");
                return transport.exchange(timeouts.operation(), lines -> {
                    nextTag();
                    lines.send(tag + " AUTHENTICATE " + mechanism + rest);
                    return read(lines);
                });
            }

            @Override
            public SaslReply answer(String response) throws FailureException {
                return transport.exchange(timeouts.operation(), lines -> {
                    lines.send(response);
                    return read(lines);
                });
            }

            @Override
            public SaslReply cancel() throws FailureException {
                return answer("*");
            }
        };
    }

    @Override
    public boolean takesInitialResponse(List<String> capabilities) {
        return has(capabilities, "SASL-IR");
    }

    @Override
    public boolean compress(List<String> capabilities) throws FailureException {
        boolean accepted = has(capabilities, "COMPRESS=DEFLATE")
                && command("COMPRESS DEFLATE").isOk();
        if (accepted) {
            transport.compress();
        }
        return accepted;
    }

    @Override
    public Map<String, String> identify(List<String> capabilities) throws FailureException {
        return has(capabilities, "ID") ? ImapId.in(command(ImapId.COMMAND).untagged()) : Map.of();
    }

    @Override
    public boolean noopNeedsLogin() {
        return false;
    }

    @Override
    public void noop() throws FailureException {
        ImapReply reply = command("NOOP");
        if (!reply.isOk()) {
            throw rejected("NOOP", reply);
        }
    }

    @Override
    public void logout() throws FailureException {
        transport.exchange(timeouts.farewell(), lines -> {
            nextTag();
            lines.send(tag + " LOGOUT");
            return awaitFarewell(lines);
        });
    }

    /** A server may close right after its BYE (RFC 9051 §7.1.5). */
    private boolean awaitFarewell(Transport.Lines lines) throws IOException, FailureException {
        try {
            read(lines);
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.ServerEnded)) {
                throw e;
            }
        }
        return true;
    }

    private ImapReply command(String command) throws FailureException {
        return transport.exchange(timeouts.operation(), lines -> {
            nextTag();
            lines.send(tag + " " + command);
            String end = end(lines);
            if (end.startsWith("+")) {
                throw violation("a continuation request after " + command, end);
            }
            return new ImapReply(untagged, status(end), end);
        });
    }

    private LoginReply tagged(Transport.Lines lines) throws IOException, FailureException {
        return switch (read(lines)) {
            case SaslReply.Decided(LoginReply reply) -> reply;
            case SaslReply.Challenge(String text) -> throw violation("a continuation request after LOGIN", text);
        };
    }

    private SaslReply read(Transport.Lines lines) throws IOException, FailureException {
        String end = end(lines);
        if (end.startsWith("+")) {
            return new SaslReply.Challenge(end.substring(1).strip());
        }
        var reply = new ImapReply(untagged, status(end), end);
        Optional<List<String>> announced = reply.isOk() ? reply.capabilities() : Optional.empty();
        return new SaslReply.Decided(new LoginReply(reply.isOk(), end, reply.code(), OptionalInt.empty(), announced));
    }

    /** Reads to the tagged line or the continuation request and keeps what is untagged on the way. */
    private String end(Transport.Lines lines) throws IOException, FailureException {
        while (true) {
            String line = Farewell.line(transport, lines, untagged);
            if (line.startsWith("+") || line.startsWith(tag + " ")) {
                return line;
            }
            if (!line.startsWith("* ")) {
                throw violation("a line that is neither tagged " + tag + " nor untagged", line);
            }
            untagged.add(line);
        }
    }

    /** A line with the literals in it (RFC 9051 §4.3). */
    static String line(Transport.Lines lines) throws IOException {
        StringBuilder line = new StringBuilder(lines.receive());
        Matcher literal = LITERAL.matcher(line);
        while (literal.find()) {
            int count = (int) Math.min(Integer.MAX_VALUE, Long.parseLong(literal.group(1)));
            line.append("\r\n").append(lines.receive(count));
            String rest = lines.receive();
            line.append(rest);
            literal = LITERAL.matcher(rest);
        }
        return line.toString();
    }

    /** The size of the literal that a line announces at its end; absent where it announces none. */
    public static OptionalLong literalAt(CharSequence line) {
        Matcher literal = LITERAL.matcher(line);
        return literal.find() ? OptionalLong.of(Long.parseLong(literal.group(1))) : OptionalLong.empty();
    }

    private String status(String tagged) throws FailureException {
        return ImapReply.statusOf(tagged)
                .orElseThrow(() -> violation("a tagged reply that is neither OK, NO nor BAD", tagged));
    }

    private void nextTag() {
        tag = "a" + ++tags;
        untagged = new ArrayList<>();
    }

    private FailureException rejected(String command, ImapReply reply) {
        return new FailureException(new Failure.CommandRejected(transport.phase(), command, reply.tagged()));
    }

    private FailureException violation(String detail, String received) {
        return new FailureException(
                new Failure.ProtocolViolation(transport.phase(), detail, transport.masked(received)));
    }

    private static boolean has(List<String> capabilities, String name) {
        return capabilities.stream().anyMatch(name::equalsIgnoreCase);
    }
}
