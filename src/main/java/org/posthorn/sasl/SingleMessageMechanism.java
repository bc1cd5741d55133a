package org.posthorn.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A mechanism that says one thing: EXTERNAL (RFC 4422 appendix A), whose proof is the client certificate, and ANONYMOUS
 * (RFC 4505), which has none.
 *
 * @param message the identity to act as, empty for the certificate's own; the trace text of ANONYMOUS
 */
record SingleMessageMechanism(String name, String message) implements SaslMechanism {

    @Override
    public Optional<byte[]> initialResponse() {
        return Optional.of(message.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<byte[]> respond(byte[] challenge) {
        return Optional.empty();
    }
}
