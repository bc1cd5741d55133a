package org.posthorn.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.posthorn.account.Secret;

/** PLAIN (RFC 4616): user name and password in one message, in UTF-8, before them the identity to act as, usually none. */
final class PlainMechanism implements SaslMechanism {
    private final String authorizationId;
    private final String user;
    private final Secret password;

    PlainMechanism(String authorizationId, String user, Secret password) {
        this.authorizationId = authorizationId;
        this.user = user;
        this.password = password;
    }

    @Override
    public String name() {
        return "PLAIN";
    }

    @Override
    public Optional<byte[]> initialResponse() {
        return Optional.of((authorizationId + "\0" + user + "\0" + password.reveal()).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<byte[]> respond(byte[] challenge) {
        return Optional.empty();
    }
}
