package org.posthorn.client;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.account.Compression;
import org.posthorn.account.Endpoint;
import org.posthorn.account.HostNames;
import org.posthorn.account.Login;
import org.posthorn.account.TlsMode;
import org.posthorn.client.line.Greetings;
import org.posthorn.client.line.LineEngine;
import org.posthorn.sasl.Mechanisms;
import org.posthorn.sasl.SaslService;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.TimelineRecorder;
import org.posthorn.transport.Transport;

/** What is said on one connection from the handshake or greeting to ready, each phase recorded. */
final class Conversation {
    private final FormAttempt attempt;
    private final Endpoint endpoint;
    private final TimelineRecorder recorder;
    private final Transport transport;
    private final LineEngine engine;
    private TlsMode inForce = TlsMode.NONE;
    private boolean authenticated;
    private boolean spoken;
    private List<String> capabilities = List.of();

    Conversation(FormAttempt attempt, Transport transport, LineEngine engine) {
        this.attempt = attempt;
        this.endpoint = attempt.endpoint();
        this.recorder = attempt.recorder();
        this.transport = transport;
        this.engine = engine;
    }

    /** The phase after which to stop has ended. */
    private static final class StopReached extends Exception {
        private static final long serialVersionUID = 1L;

        StopReached() {
            super("stopped as asked", null, false, false);
        }
    }

    /** Walks through the phases, to ready or to the one after which to stop. */
    MailConnection run() throws FailureException {
        try {
            toLogin();
            login();
            stopIf(Phase.LOGIN);
            ready();
            recorder.become(ConnectionState.READY);
            return result(CheckOutcome.READY);
        } catch (StopReached _) {
            return stopped();
        }
    }

    private void toLogin() throws FailureException, StopReached {
        if (attempt.form().kind() == TlsMode.IMPLICIT) {
            secure(TlsMode.IMPLICIT);
        }
        LineEngine.Greeting greeting = greet();
        announce(greeting.capabilities());
        if (attempt.form().kind() == TlsMode.STARTTLS) {
            upgrade(greeting);
        }
        recorder.become(ConnectionState.CONNECTED);
        stopBeforeLogin();
    }

    private LineEngine.Greeting greet() throws FailureException, StopReached {
        recorder.begin(Phase.GREETING);
        long before = transport.received();
        try {
            LineEngine.Greeting greeting = engine.greeting();
            spoken = true;
            authenticated = greeting.authenticated();
            recorder.succeed(new Facts.Greeted(Optional.of(greeting.text()), Optional.empty()));
            stopIf(Phase.GREETING);
            return greeting;
        } catch (FailureException e) {
            e.failure()
                    .serverText()
                    .ifPresent(text -> recorder.learn(new Facts.Greeted(Optional.of(text), Optional.empty())));
            throw e.failure() instanceof Failure.TimedOut ? silence(transport.received() - before) : e;
        }
    }

    private FailureException silence(long received) throws FailureException {
        boolean probing = received == 0 && inForce == TlsMode.NONE;
        Probe.Answer answer =
                probing ? new Probe(attempt).sayHello(transport) : Probe.Answer.of(Facts.Probe.NOT_NEEDED);
        recorder.learn(new Facts.Greeted(Optional.empty(), Optional.of(answer.probe())));
        return new FailureException(otherService(answer)
                .orElseGet(() ->
                        new Failure.GreetingTimeout(endpoint.timeouts().greeting(), (int) received, answer.probe())));
    }

    /** A service that waits for the client to speak first, HTTP for one, shows itself in its answer to the probe. */
    private Optional<Failure> otherService(Probe.Answer answer) {
        return answer.plaintext()
                .flatMap(line -> Greetings.otherThan(endpoint.protocol(), line)
                        .map(name -> new Failure.WrongProtocol(name, line)));
    }

    private void announce(Optional<List<String>> told) throws FailureException {
        recorder.begin(Phase.CAPABILITIES);
        capabilities = told.isPresent() ? told.get() : engine.capabilities();
        Facts.Stage stage = inForce == TlsMode.NONE ? Facts.Stage.BEFORE_TLS : Facts.Stage.AFTER_TLS;
        recorder.succeed(new Facts.Announced(stage, capabilities, told.isEmpty()));
    }

    private void upgrade(LineEngine.Greeting greeting) throws FailureException, StopReached {
        recorder.begin(Phase.STARTTLS);
        if (greeting.authenticated()) {
            throw new FailureException(new Failure.PreauthBeforeTls(greeting.text()));
        }
        if (!engine.offersStarttls(capabilities)) {
            stayInPlaintext();
            return;
        }
        String answer = engine.starttls();
        recorder.learn(new Facts.StarttlsAnswer(Optional.of(answer)));
        String injected = transport.unread();
        if (!injected.isEmpty()) {
            throw new FailureException(new Failure.StarttlsInjection(transport.masked(injected.strip())));
        }
        recorder.succeed();
        stopIf(Phase.STARTTLS);
        secure(TlsMode.STARTTLS);
        announce(Optional.empty());
    }

    private void stayInPlaintext() throws FailureException {
        if (!attempt.form().plaintextFallback()) {
            throw new FailureException(new Failure.StarttlsNotOffered(capabilities));
        }
        if (!endpoint.allowPlaintext()) {
            throw new FailureException(new Failure.PlaintextNotAllowed());
        }
        transport.note("The server offers no STARTTLS; going on in plaintext, as this account allows.");
        recorder.skip();
    }

    private void secure(TlsMode kind) throws FailureException, StopReached {
        recorder.begin(Phase.TLS);
        try {
            transport.secure(
                    attempt.handshake(), endpoint.timeouts().operation(), kind == TlsMode.STARTTLS, recorder::learn);
        } catch (FailureException e) {
            throw kind == TlsMode.IMPLICIT ? goneAtHello(e) : e;
        }
        recorder.succeed();
        inForce = kind;
        stopIf(Phase.TLS);
    }

    private FailureException goneAtHello(FailureException e) throws FailureException {
        return e.failure() instanceof Failure.HandshakeFailed failed
                        && failed.alert().isEmpty()
                        && !transport.answered()
                ? new FailureException(new Probe(attempt).listen(transport, failed))
                : e;
    }

    private void login() throws FailureException, StopReached {
        switch (endpoint.login()) {
            case Login.None() -> {}
            case Login.Credentials credentials -> {
                if (attempt.options().login() && !authenticated) {
                    login(credentials);
                }
            }
        }
    }

    private void login(Login.Credentials credentials) throws FailureException, StopReached {
        recorder.become(ConnectionState.AUTHENTICATING);
        TokenSeeking.Ready ready = attempt.tokens().ready(credentials);
        recorder.begin(Phase.LOGIN);
        Optional<List<String>> told = new Authentication(
                        mechanisms(), engine, transport, recorder, capabilities, ready.facts())
                .run(ready.login());
        authenticated = true;
        stopIf(Phase.LOGIN);
        recorder.begin(Phase.CAPABILITIES);
        List<String> afterLogin = told.isPresent() ? told.get() : askAgain();
        recorder.succeed(new Facts.Announced(Facts.Stage.AFTER_LOGIN, afterLogin, told.isEmpty()));
        capabilities = afterLogin.isEmpty() ? capabilities : afterLogin;
    }

    private Mechanisms mechanisms() {
        String host = HostNames.ascii(endpoint.hostName());
        return new Mechanisms(
                SaslService.of(endpoint.protocol(), host, attempt.form().port()),
                new SecureRandom(),
                attempt.tickets(),
                transport.channelBinding(),
                engine.mechanisms(capabilities));
    }

    /** A server that does not want to be asked again has nothing to add. */
    private List<String> askAgain() throws FailureException {
        try {
            return engine.capabilities();
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.CommandRejected) {
                return List.of();
            }
            throw e;
        }
    }

    private void ready() throws FailureException, StopReached {
        recorder.begin(Phase.READY);
        boolean compressed = authenticated
                && endpoint.connections().compression() == Compression.ON
                && engine.compress(capabilities);
        Map<String, String> server = authenticated ? engine.identify(capabilities) : Map.of();
        if (authenticated || !engine.noopNeedsLogin()) {
            measure(compressed, server);
        }
        recorder.succeed();
        stopIf(Phase.READY);
    }

    private void measure(boolean compressed, Map<String, String> server) throws FailureException {
        long start = System.nanoTime();
        try {
            engine.noop();
            recorder.learn(new Facts.Live(Duration.ofNanos(System.nanoTime() - start), compressed, server));
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.CommandRejected)) {
                throw e;
            }
            transport.note("The server refused NOOP; it is there, its round trip is not known.");
        }
    }

    private MailConnection result(CheckOutcome outcome) {
        return new MailConnection(recorder, outcome, Optional.of(new MailConnection.Open(transport, engine)));
    }

    /** Leaves with a farewell where the protocol was spoken, else by closing. */
    private MailConnection stopped() {
        if (spoken && !betweenStarttlsAndHandshake()) {
            return result(CheckOutcome.STOPPED);
        }
        transport.close();
        recorder.become(ConnectionState.CLOSING);
        recorder.become(ConnectionState.CLOSED);
        return new MailConnection(recorder, CheckOutcome.STOPPED, Optional.empty());
    }

    private boolean betweenStarttlsAndHandshake() {
        return recorder.phase() == Phase.STARTTLS && inForce == TlsMode.NONE;
    }

    /** A phase that this session does not have, such as STARTTLS under implicit TLS, is passed here at the latest. */
    private void stopBeforeLogin() throws StopReached {
        if (attempt.options()
                .stopAfter()
                .filter(phase -> phase.compareTo(Phase.LOGIN) < 0)
                .isPresent()) {
            throw new StopReached();
        }
    }

    private void stopIf(Phase ended) throws StopReached {
        if (attempt.options().stopAfter().equals(Optional.of(ended))) {
            throw new StopReached();
        }
    }
}
