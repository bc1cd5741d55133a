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
        if (decided.accepted() && !mechanism.serverIsProven()) {
            throw new FailureException(new Failure.ServerNotProven(mechanism.name()));
        }
        return decided;
    }

    private SaslReply start() throws FailureException {
        Optional<byte[]> first = initialResponse ? mechanism.initialResponse() : Optional.empty();
        firstSaid = first.isPresent();
        return exchange.start(mechanism.name(), first.map(bytes -> bytes.length == 0 ? "=" : encode(bytes)));
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
            // LOGIN's prompts come unencoded from some servers; their words do not matter.
            if (mechanism instanceof LoginMechanism) {
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
