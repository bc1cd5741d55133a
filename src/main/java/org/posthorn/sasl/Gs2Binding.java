package org.posthorn.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.posthorn.transport.tls.ChannelBinding;

/**
 * How a SCRAM login is bound to its TLS connection (RFC 5802 §6): by data of the connection, or not, and then whether that
 * is the server's doing, so that somebody who has taken the -PLUS names out of its list is found out.
 */
final class Gs2Binding {
    private final String flag;
    private final byte[] data;

    private Gs2Binding(String flag, byte[] data) {
        this.flag = flag;
        this.data = data;
    }

    /** For a mechanism without -PLUS. */
    static Gs2Binding unbound(Optional<ChannelBinding> possible, boolean serverCan) {
        return new Gs2Binding(possible.isPresent() && !serverCan ? "y" : "n", new byte[0]);
    }

    /** For a mechanism with -PLUS. */
    static Gs2Binding to(ChannelBinding binding) {
        return new Gs2Binding("p=" + binding.type(), binding.data());
    }

    /** {@code p=} and the type, {@code y} where only the server lacks it, else {@code n}. */
    String flag() {
        return flag;
    }

    boolean isBound() {
        return flag.startsWith("p=");
    }

    /** The header and what it is bound to, which the client sends back under its proof. */
    byte[] input(String header) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        byte[] input = new byte[text.length + data.length];
        System.arraycopy(text, 0, input, 0, text.length);
        System.arraycopy(data, 0, input, text.length, data.length);
        return input;
    }
}
