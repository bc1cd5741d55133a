package org.posthorn.transport.proxy;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.ntlm.NtlmExchange;

/** NTLM for a CONNECT request ([MS-NTHT]): three requests on one connection, which is what is logged in. */
final class NtlmAuthorization implements ProxyAuthorization {
    private final NtlmExchange exchange;
    private Optional<byte[]> response = Optional.empty();

    NtlmAuthorization(NtlmExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public String value() {
        return "NTLM " + Base64.getEncoder().encodeToString(response.orElseGet(exchange::offer));
    }

    /** The challenge belongs to the steps; a 407 after our response is the refusal. */
    @Override
    public boolean continues(List<String> challenges) {
        if (response.isPresent()) {
            return false;
        }
        response = challenges.stream()
                .filter(challenge -> ProxyAuthorization.scheme(challenge).equals("ntlm"))
                .flatMap(challenge ->
                        decoded(challenge.substring("ntlm".length()).strip()))
                .flatMap(challenge -> exchange.response(challenge).stream())
                .findFirst();
        return response.isPresent();
    }

    private static Stream<byte[]> decoded(String text) {
        try {
            return Stream.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException _) {
            return Stream.empty();
        }
    }
}
