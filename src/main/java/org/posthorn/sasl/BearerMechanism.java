package org.posthorn.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.posthorn.account.Secret;

/**
 * XOAUTH2, which Google described and others took over, and OAUTHBEARER (RFC 7628), its standard: an access token in one
 * message. A server that refuses it first says why in a challenge, which must be answered before its refusal comes.
 */
final class BearerMechanism implements SaslMechanism {
    /** Ends each pair of the message, which is why none may hold it. */
    static final char SEPARATOR = '\u0001';

    private final String name;
    private final String head;
    private final Secret token;
    private final byte[] acknowledgement;
    private Optional<String> error = Optional.empty();

    private BearerMechanism(String name, String head, Secret token, byte[] acknowledgement) {
        this.name = name;
        this.head = head;
        this.token = token;
        this.acknowledgement = acknowledgement;
    }

    static BearerMechanism xoauth2(String user, Secret token) {
        return new BearerMechanism("XOAUTH2", "user=" + user + SEPARATOR, token, new byte[0]);
    }

    /** With the user as the identity to act as: the token names who it was given to. */
    static BearerMechanism oauthbearer(String user, Secret token, SaslService service) {
        String head = "n,a=" + user.replace("=", "=3D").replace(",", "=2C") + "," + SEPARATOR + "host=" + service.host()
                + SEPARATOR + "port=" + service.port() + SEPARATOR;
        return new BearerMechanism("OAUTHBEARER", head, token, new byte[] {SEPARATOR});
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<byte[]> initialResponse() {
        String message = head + "auth=Bearer " + token.reveal() + SEPARATOR + SEPARATOR;
        return Optional.of(message.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<byte[]> respond(byte[] challenge) {
        if (error.isPresent()) {
            return Optional.empty();
        }
        error = Optional.of(new String(challenge, StandardCharsets.UTF_8));
        return Optional.of(acknowledgement);
    }

    @Override
    public Optional<String> serverError() {
        return error.filter(text -> !text.isBlank());
    }
}
