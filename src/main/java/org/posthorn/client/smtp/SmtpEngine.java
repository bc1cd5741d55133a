package org.posthorn.client.smtp;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
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
import org.posthorn.timeline.Phase;
import org.posthorn.transport.Transport;

/** SMTP up to the login (RFC 5321, RFC 3207, RFC 4954). */
public final class SmtpEngine implements LineEngine {
    /** With its line end (RFC 5321 §4.5.3.1.4). */
    private static final int LONGEST_COMMAND = 512;

    private final Transport transport;
    private final SmtpReplies replies;
    private final Timeouts timeouts;
    private final String name;

    /**
     * For one connection.
     *
     * @param name what EHLO says: a host name or an address literal
     */
    public SmtpEngine(Transport transport, Timeouts timeouts, String name) {
        this.transport = transport;
        this.replies = new SmtpReplies(transport);
        this.timeouts = timeouts;
        this.name = name;
    }

    @Override
    public Greeting greeting() throws FailureException {
        SmtpReply reply = transport.exchange(timeouts.greeting(), this::greeting);
        if (reply.code() != 220) {
            throw new FailureException(new Failure.GreetingRefused(reply.text()));
        }
        return new Greeting(reply.text(), false, Optional.empty());
    }

    private SmtpReply greeting(Transport.Lines lines) throws IOException, FailureException {
        String first = lines.receive();
        Optional<String> other = Greetings.otherThan(Protocol.SMTP, first);
        if (other.isPresent()) {
            throw new FailureException(new Failure.WrongProtocol(other.get(), first));
        }
        return replies.from(first, lines);
    }

    @Override
    public List<String> capabilities() throws FailureException {
        SmtpReply ehlo = command("EHLO " + name);
        if (ehlo.isPositive()) {
            return ehlo.texts().stream().skip(1).toList();
        }
        if (ehlo.isIntermediate()) {
            throw new FailureException(
                    new Failure.ProtocolViolation(transport.phase(), "EHLO is answered by a question", ehlo.text()));
        }
        SmtpReply helo = command("HELO " + name);
        if (!helo.isPositive()) {
            throw rejected("EHLO", ehlo);
        }
        return List.of();
    }

    @Override
    public boolean offersStarttls(List<String> capabilities) {
        return capabilities.stream().map(String::strip).anyMatch("STARTTLS"::equalsIgnoreCase);
    }

    @Override
    public String starttls() throws FailureException {
        SmtpReply reply = command("STARTTLS");
        if (reply.code() != 220) {
            throw new FailureException(new Failure.StarttlsRefused(reply.text()));
        }
        return reply.text();
    }

    /** {@code AUTH=} is what servers said before the standard, and some say both lines. */
    @Override
    public List<String> mechanisms(List<String> capabilities) {
        return capabilities.stream()
                .map(c -> c.toUpperCase(Locale.ROOT))
                .filter(c -> c.startsWith("AUTH ") || c.startsWith("AUTH="))
                .flatMap(c -> Stream.of(c.substring("AUTH ".length()).strip().split("[ =]+")))
                .filter(m -> !m.isEmpty())
                .distinct()
                .toList();
    }

    @Override
    public List<String> loginCommands() {
        return List.of();
    }

    @Override
    public boolean offersLoginCommand(String command, List<String> capabilities) {
        return false;
    }

    @Override
    public boolean forbidsLoginCommand(List<String> capabilities) {
        return false;
    }

    @Override
    public LoginReply login(String command, Login.Password login) {
        throw new IllegalStateException("SMTP has no login command outside SASL");
    }

    @Override
    public SaslExchange sasl() {
        return new SaslExchange() {
            @Override
            public boolean fits(String mechanism, String initialResponse) {
                return ("AUTH " + mechanism + " " + initialResponse + "\r\n").length() <= LONGEST_COMMAND;
            }

            @Override
            public SaslReply start(String mechanism, Optional<String> initialResponse) throws FailureException {
                return auth("AUTH " + mechanism
                        + initialResponse.map(first -> " " + first).orElse(""));
            }

            @Override
            public SaslReply answer(String response) throws FailureException {
                return auth(response);
            }

            @Override
            public SaslReply cancel() throws FailureException {
                return auth("*");
            }
        };
    }

    /** The initial response is part of AUTH (RFC 4954 §4). */
    @Override
    public boolean takesInitialResponse(List<String> capabilities) {
        return true;
    }

    @Override
    public boolean compress(List<String> capabilities) {
        return false;
    }

    @Override
    public Map<String, String> identify(List<String> capabilities) {
        return Map.of();
    }

    @Override
    public boolean noopNeedsLogin() {
        return false;
    }

    @Override
    public void noop() throws FailureException {
        SmtpReply reply = command("NOOP");
        if (!reply.isPositive()) {
            throw rejected("NOOP", reply);
        }
    }

    @Override
    public void logout() throws FailureException {
        transport.exchange(timeouts.farewell(), lines -> {
            lines.send("QUIT");
            return replies.next(lines);
        });
    }

    private SaslReply auth(String line) throws FailureException {
        SmtpReply reply = command(line);
        if (reply.isIntermediate()) {
            return new SaslReply.Challenge(reply.texts().getLast().strip());
        }
        return new SaslReply.Decided(new LoginReply(
                reply.isPositive(), reply.text(), reply.enhanced(), OptionalInt.of(reply.code()), Optional.empty()));
    }

    private SmtpReply command(String command) throws FailureException {
        SmtpReply reply = transport.exchange(timeouts.operation(), lines -> {
            lines.send(command);
            return replies.next(lines);
        });
        // 421 ends the session whatever it answers (RFC 5321 §3.8); what it says at login is the login's verdict.
        if (reply.code() == 421 && transport.phase() != Phase.LOGIN) {
            throw new FailureException(new Failure.ServerEnded(transport.phase(), reply.text()));
        }
        return reply;
    }

    private FailureException rejected(String command, SmtpReply reply) {
        return new FailureException(new Failure.CommandRejected(transport.phase(), command, reply.text()));
    }
}
