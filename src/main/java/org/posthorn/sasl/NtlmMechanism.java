package org.posthorn.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.posthorn.ntlm.NtlmExchange;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;

/**
 * NTLM as mail servers carry it ([MS-NLMP] in [MS-SMTPNTLM], [MS-POP3] and [MS-OXIMAP]): our offer, the server's challenge,
 * our response. The server's first words, “NTLM supported” for example, are not looked at.
 */
final class NtlmMechanism implements SaslMechanism {
    private final NtlmExchange exchange;
    private State state = State.OFFER;

    private enum State {
        OFFER,
        RESPONSE,
        DONE
    }

    NtlmMechanism(NtlmExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public String name() {
        return "NTLM";
    }

    @Override
    public boolean takesWords() {
        return state == State.OFFER;
    }

    @Override
    public Optional<byte[]> initialResponse() {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> respond(byte[] challenge) throws FailureException {
        return switch (state) {
            case OFFER -> {
                state = State.RESPONSE;
                yield Optional.of(exchange.offer());
            }
            case RESPONSE -> {
                state = State.DONE;
                yield Optional.of(exchange.response(challenge).orElseThrow(() -> noChallenge(challenge)));
            }
            case DONE -> Optional.empty();
        };
    }

    private static FailureException noChallenge(byte[] bytes) {
        return new FailureException(new Failure.ProtocolViolation(
                Phase.LOGIN, "NTLM: what came is no challenge", new String(bytes, StandardCharsets.UTF_8)));
    }
}
