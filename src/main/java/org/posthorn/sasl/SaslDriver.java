package org.posthorn.sasl;

import java.util.Base64;
import java.util.Optional;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;

/** Carries one mechanism over one exchange, once. */
public final class SaslDriver {
    private final SaslMechanism mechanism;
    private final SaslExchange exchange;
    private final boolean initialResponse;
    private boolean firstSaid;

    /**
     * For one run.
     *
     * @param initialResponse whether the server takes the first message with the command (SASL-IR, RFC 4959)
     */
    public SaslDriver(SaslMechanism mechanism, SaslExchange exchange, boolean initialResponse) {
        this.mechanism = mechanism;
        this.exchange = exchange;
        this.initialResponse = initialResponse;
    }

    public LoginReply run() throws FailureException {
        SaslReply reply = start();
        while (true) {
            switch (reply) {
                case SaslReply.Decided(LoginReply decided) -> {
                    return believed(decided);
                }
                case SaslReply.Challenge(String text) -> {
                    Optional<byte[]> response = respond(decode(text));
                    if (response.isEmpty()) {
                        throw tooManyChallenges(text);
                    }
                    reply = exchange.answer(encode(response.get()));
                }
            }
        }
    }

    private LoginReply believed(LoginReply decided) throws FailureException {
        if (decided.accepted() && !firstSaid && mechanism.initialResponse().isPresent()) {
            throw new FailureException(new Failure.ProtocolViolation(
                    Phase.LOGIN, "the server accepts " + mechanism.name() + " before it was sent", decided.text()));
        }
        if (decided.accepted() && !mechanism.serverIsProven()) {
            throw new FailureException(new Failure.ServerNotProven(mechanism.name()));
        }
        return decided.withSaslError(mechanism.serverError());
    }

    private SaslReply start() throws FailureException {
        Optional<String> first = initialResponse
                ? mechanism.initialResponse().map(bytes -> bytes.length == 0 ? "=" : encode(bytes))
                : Optional.empty();
        // What is too long for a command goes as the answer to the server's empty challenge (RFC 4954 §4, RFC 5034 §4).
        Optional<String> fitting = first.filter(text -> exchange.fits(mechanism.name(), text));
        firstSaid = fitting.isPresent();
        return exchange.start(mechanism.name(), fitting);
    }

    private Optional<byte[]> respond(byte[] challenge) throws FailureException {
        if (!firstSaid) {
            firstSaid = true;
            Optional<byte[]> first = mechanism.initialResponse();
            if (first.isPresent()) {
                return first;
            }
        }
        return mechanism.respond(challenge);
    }

    private FailureException tooManyChallenges(String challenge) throws FailureException {
        exchange.cancel();
        return new FailureException(new Failure.ProtocolViolation(
                Phase.LOGIN, "the server asks for more than " + mechanism.name() + " has to say", challenge));
    }

    private byte[] decode(String text) throws FailureException {
        try {
            return Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException _) {
            if (mechanism.takesWords()) {
                return new byte[0];
            }
            throw new FailureException(
                    new Failure.ProtocolViolation(Phase.LOGIN, "a challenge that is not base64", text));
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
