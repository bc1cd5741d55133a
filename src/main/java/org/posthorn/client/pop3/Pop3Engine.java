package org.posthorn.client.pop3;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
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
import org.posthorn.transport.Transport;

/** POP3 up to the login (RFC 1939, RFC 2449, RFC 2595 §4, RFC 5034). */
public final class Pop3Engine implements LineEngine {
    /** With its line end (RFC 2449 §4). */
    private static final int LONGEST_COMMAND = 255;

    private final Transport transport;
    private final Timeouts timeouts;
    private Optional<String> timestamp = Optional.empty();

    public Pop3Engine(Transport transport, Timeouts timeouts) {
        this.transport = transport;
        this.timeouts = timeouts;
    }

    @Override
    public Greeting greeting() throws FailureException {
        String line = transport.exchange(timeouts.greeting(), Transport.Lines::receive);
        Optional<String> other = Greetings.otherThan(Protocol.POP3, line);
        if (other.isPresent()) {
            throw new FailureException(new Failure.WrongProtocol(other.get(), line));
        }
        Pop3Reply reply = parse(line);
        if (!reply.ok()) {
            throw new FailureException(new Failure.GreetingRefused(line));
        }
        timestamp = Apop.timestamp(line);
        return new Greeting(line, false, Optional.empty());
    }

    @Override
    public List<String> capabilities() throws FailureException {
        return transport.exchange(timeouts.operation(), lines -> {
            lines.send("CAPA");
            // A server without CAPA says -ERR; it has then the commands of RFC 1939 alone.
            return reply(lines).ok() ? multiline(lines) : List.of();
        });
    }

    @Override
    public boolean offersStarttls(List<String> capabilities) {
        return has(capabilities, "STLS");
    }

    @Override
    public String starttls() throws FailureException {
        Pop3Reply reply = command("STLS");
        if (!reply.ok()) {
            throw new FailureException(new Failure.StarttlsRefused(reply.line()));
        }
        return reply.line();
    }

    @Override
    public List<String> mechanisms(List<String> capabilities) {
        return capabilities.stream()
                .map(c -> c.toUpperCase(Locale.ROOT))
                .filter(c -> c.startsWith("SASL "))
                .flatMap(c -> Stream.of(c.substring("SASL ".length()).strip().split(" +")))
                .toList();
    }

    @Override
    public List<String> loginCommands() {
        return List.of("USER", "APOP");
    }

    /** APOP is offered by a timestamp. Without CAPA nothing is known of USER, and it is what there was (RFC 1939 §7). */
    @Override
    public boolean offersLoginCommand(String command, List<String> capabilities) {
        if (command.equals("APOP")) {
            return timestamp.isPresent();
        }
        return capabilities.isEmpty() || has(capabilities, "USER");
    }

    @Override
    public boolean forbidsLoginCommand(List<String> capabilities) {
        return false;
    }

    @Override
    public LoginReply login(String command, Login.Password login) throws FailureException {
        return command.equals("APOP") ? apop(login) : user(login);
    }

    private LoginReply apop(Login.Password login) throws FailureException {
        String sent = timestamp
                .map(given -> Apop.command(given, login))
                .orElseThrow(() -> new FailureException(
                        new Failure.MechanismUnusable("APOP", "the server's greeting holds no timestamp for it")));
        return loginReply(command(sent));
    }

    private LoginReply user(Login.Password login) throws FailureException {
        return transport.exchange(timeouts.operation(), lines -> {
            lines.send("USER " + login.user());
            Pop3Reply user = reply(lines);
            if (!user.ok()) {
                return loginReply(user);
            }
            lines.send("PASS " + login.password().reveal());
            return loginReply(reply(lines));
        });
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
                return exchange("AUTH " + mechanism
                        + initialResponse.map(first -> " " + first).orElse(""));
            }

            @Override
            public SaslReply answer(String response) throws FailureException {
                return exchange(response);
            }

            @Override
            public SaslReply cancel() throws FailureException {
                return exchange("*");
            }
        };
    }

    /** The initial response is part of AUTH wherever AUTH is (RFC 5034 §4). */
    @Override
    public boolean takesInitialResponse(List<String> capabilities) {
        return true;
    }

    /** NOOP belongs to the transaction state (RFC 1939 §5). */
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
        return true;
    }

    @Override
    public void noop() throws FailureException {
        Pop3Reply reply = command("NOOP");
        if (!reply.ok()) {
            throw new FailureException(new Failure.CommandRejected(transport.phase(), "NOOP", reply.line()));
        }
    }

    @Override
    public void logout() throws FailureException {
        command("QUIT", timeouts.farewell());
    }

    private SaslReply exchange(String line) throws FailureException {
        return transport.exchange(timeouts.operation(), lines -> {
            lines.send(line);
            String answer = lines.receive();
            // "+ " with a challenge, or a bare "+"; "+OK" is the end.
            if (answer.startsWith("+") && Pop3Reply.parse(answer).isEmpty()) {
                return new SaslReply.Challenge(answer.substring(1).strip());
            }
            return new SaslReply.Decided(loginReply(parse(answer)));
        });
    }

    private Pop3Reply command(String command) throws FailureException {
        return command(command, timeouts.operation());
    }

    private Pop3Reply command(String command, Duration limit) throws FailureException {
        return transport.exchange(limit, lines -> {
            lines.send(command);
            return reply(lines);
        });
    }

    private Pop3Reply reply(Transport.Lines lines) throws IOException, FailureException {
        return parse(lines.receive());
    }

    private Pop3Reply parse(String line) throws FailureException {
        return Pop3Reply.parse(line)
                .orElseThrow(() -> new FailureException(new Failure.ProtocolViolation(
                        transport.phase(), "a reply that begins with neither +OK nor -ERR", transport.masked(line))));
    }

    /** Lines to the one that is a dot, with dot-stuffing undone (RFC 1939 §3). */
    private static List<String> multiline(Transport.Lines lines) throws IOException {
        List<String> all = new ArrayList<>();
        for (String line = lines.receive(); !line.equals("."); line = lines.receive()) {
            all.add(line.startsWith(".") ? line.substring(1) : line);
        }
        return List.copyOf(all);
    }

    private static LoginReply loginReply(Pop3Reply reply) {
        return new LoginReply(reply.ok(), reply.line(), reply.code(), OptionalInt.empty(), Optional.empty());
    }

    private static boolean has(List<String> capabilities, String name) {
        return capabilities.stream().map(String::strip).anyMatch(name::equalsIgnoreCase);
    }
}
