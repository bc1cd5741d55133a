package org.posthorn.client;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.account.Login;
import org.posthorn.client.line.LineEngine;
import org.posthorn.sasl.LoginReply;
import org.posthorn.sasl.Mechanisms;
import org.posthorn.sasl.SaslDriver;
import org.posthorn.sasl.SaslMechanism;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.LoginAnswer;
import org.posthorn.timeline.TimelineRecorder;
import org.posthorn.timeline.TokenFacts;
import org.posthorn.transport.Transport;

/** One login with one mechanism: the one that was chosen, or the first in common, and never a second. */
final class Authentication {
    private final Mechanisms mechanisms;
    private final LineEngine engine;
    private final Transport transport;
    private final TimelineRecorder recorder;
    private final List<String> capabilities;
    private final Optional<TokenFacts> token;
    private final List<String> offered;
    private String user = "";

    /**
     * A login that is about to be sent.
     *
     * @param token what the token says that will be sent, where one will
     */
    Authentication(
            Mechanisms mechanisms,
            LineEngine engine,
            Transport transport,
            TimelineRecorder recorder,
            List<String> capabilities,
            Optional<TokenFacts> token) {
        this.mechanisms = mechanisms;
        this.engine = engine;
        this.transport = transport;
        this.recorder = recorder;
        this.capabilities = capabilities;
        this.token = token;
        this.offered = engine.mechanisms(capabilities);
    }

    /** Logs in; returns the capabilities that came with the acceptance, if any did. */
    Optional<List<String>> run(Login.Credentials login) throws FailureException {
        user = login instanceof Login.Named named ? named.user() : "";
        learn(Optional.empty(), Optional.empty());
        token.ifPresent(this::tell);
        String mechanism = choose(login);
        learn(Optional.of(mechanism), Optional.empty());
        LoginReply reply = send(mechanism, login);
        LoginAnswer answer = answer(mechanism, reply);
        learn(Optional.of(mechanism), Optional.of(answer));
        return switch (answer) {
            case LoginAnswer.Accepted _ -> {
                recorder.succeed();
                yield reply.capabilities();
            }
            case LoginAnswer.Rejected(var text, var _, var code, var saslError, var _) ->
                throw new FailureException(
                        new Failure.LoginRejected(mechanism, isOffered(mechanism), text, code, saslError));
        };
    }

    private LoginAnswer answer(String mechanism, LoginReply reply) {
        String text = transport.masked(reply.text());
        return reply.accepted()
                ? new LoginAnswer.Accepted(text, reply.status())
                : new LoginAnswer.Rejected(
                        text,
                        reply.status(),
                        reply.code().map(transport::masked),
                        reply.saslError().map(transport::masked),
                        offer(mechanism));
    }

    private LoginAnswer.Offer offer(String mechanism) {
        if (isOffered(mechanism)) {
            return LoginAnswer.Offer.OFFERED;
        }
        return offered.isEmpty() ? LoginAnswer.Offer.NO_LIST : LoginAnswer.Offer.NOT_OFFERED;
    }

    private String choose(Login.Credentials login) throws FailureException {
        List<String> allowed = allowed(login);
        if (login.sasl().mechanisms().size() == 1) {
            return forced(allowed.getFirst());
        }
        return allowed.stream()
                .filter(name -> isOffered(name) && mechanisms.fits(name))
                .findFirst()
                .orElseThrow(() -> new FailureException(nothingInCommon(allowed)));
    }

    private List<String> allowed(Login.Credentials login) {
        List<String> chosen = login.sasl().mechanisms();
        if (!chosen.isEmpty()) {
            return chosen.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
        }
        return Stream.concat(
                        Mechanisms.byPreference(login).stream(),
                        commandsFor(login).stream().limit(1))
                .filter(name -> carriesIdentity(name, login))
                .toList();
    }

    private static boolean carriesIdentity(String mechanism, Login.Credentials login) {
        return login.sasl().authorizationId().isEmpty() || Mechanisms.carriesAuthorizationId(mechanism);
    }

    /** The commands outside SASL carry a password and nothing else. */
    private List<String> commandsFor(Login.Credentials login) {
        return login instanceof Login.Password ? engine.loginCommands() : List.of();
    }

    private String forced(String mechanism) throws FailureException {
        if (engine.loginCommands().contains(mechanism) && engine.forbidsLoginCommand(capabilities)) {
            throw new FailureException(new Failure.LoginDisabled(capabilities));
        }
        return mechanism;
    }

    private Failure nothingInCommon(List<String> allowed) {
        // Behind TLS a server that offers other mechanisms means those, and not that TLS would help.
        boolean awaitsTls = offered.isEmpty() || engine.offersStarttls(capabilities);
        if (engine.forbidsLoginCommand(capabilities) && awaitsTls) {
            return new Failure.LoginDisabled(capabilities);
        }
        if (offered.isEmpty()) {
            return new Failure.AuthenticationNotOffered(capabilities);
        }
        return new Failure.MechanismNotOffered(allowed, offered);
    }

    private LoginReply send(String mechanism, Login.Credentials login) throws FailureException {
        Optional<String> obstacle = UncarriedCharacters.in(login, mechanism);
        if (obstacle.isPresent()) {
            throw new FailureException(new Failure.MechanismUnusable(mechanism, obstacle.get()));
        }
        if (!carriesIdentity(mechanism, login)) {
            throw new FailureException(new Failure.MechanismUnusable(
                    mechanism, "it carries no authorization identity; leave that empty or choose PLAIN"));
        }
        if (login instanceof Login.Password password && engine.loginCommands().contains(mechanism)) {
            return engine.login(mechanism, password);
        }
        SaslMechanism sasl = mechanisms
                .create(mechanism, login)
                .orElseThrow(() -> new FailureException(new Failure.MechanismUnusable(
                        mechanism, "it is not among " + String.join(", ", usableNames(login)))));
        sasl.user().ifPresent(found -> {
            user = found;
            learn(Optional.of(mechanism), Optional.empty());
        });
        return new SaslDriver(sasl, engine.sasl(), engine.takesInitialResponse(capabilities)).run();
    }

    private List<String> usableNames(Login.Credentials login) {
        return Stream.concat(Mechanisms.names(login).stream(), commandsFor(login).stream())
                .toList();
    }

    private boolean isOffered(String mechanism) {
        return offered.contains(Mechanisms.offeredAs(mechanism))
                || (engine.loginCommands().contains(mechanism) && engine.offersLoginCommand(mechanism, capabilities));
    }

    private void learn(Optional<String> mechanism, Optional<LoginAnswer> answer) {
        recorder.learn(new Facts.LoggedIn(mechanism, user, offered, answer, token));
    }

    /** Before anything is sent. */
    private void tell(TokenFacts facts) {
        transport.note(
                facts.jwt() ? "The access token is a JWT." : "The access token is opaque: it says nothing of itself.");
        facts.mismatches()
                .forEach(mismatch -> transport.note("The token does not go with the settings ("
                        + mismatch.kind().word() + "): it says " + mismatch.found() + ", wanted is "
                        + mismatch.wanted() + ". It is sent all the same."));
    }
}
