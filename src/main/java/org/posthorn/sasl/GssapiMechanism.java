package org.posthorn.sasl;

import java.util.Optional;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

/**
 * GSSAPI (RFC 4752): a Kerberos ticket for this service and host. The server has to prove itself; nothing is signed or
 * sealed, which is TLS's task.
 */
final class GssapiMechanism implements SaslMechanism {
    private final SaslClient client;
    private final String user;
    private final byte[] first;

    private GssapiMechanism(SaslClient client, String user, byte[] first) {
        this.client = client;
        this.user = user;
        this.first = first;
    }

    /** Asks for the service's ticket, before anything is sent to the server. */
    static GssapiMechanism of(Tickets.Proof proof) throws FailureException {
        try {
            return new GssapiMechanism(
                    proof.client(), proof.user(), proof.client().evaluateChallenge(new byte[0]));
        } catch (SaslException e) {
            throw new FailureException(new Failure.NoTicket(KerberosWords.of(e)));
        }
    }

    @Override
    public String name() {
        return "GSSAPI";
    }

    @Override
    public Optional<String> user() {
        return Optional.of(user);
    }

    @Override
    public Optional<byte[]> initialResponse() {
        return Optional.of(first.clone());
    }

    @Override
    public Optional<byte[]> respond(byte[] challenge) throws FailureException {
        if (client.isComplete()) {
            return Optional.empty();
        }
        try {
            byte[] response = client.evaluateChallenge(challenge);
            return Optional.of(response == null ? new byte[0] : response);
        } catch (SaslException _) {
            throw new FailureException(new Failure.ServerNotProven(name()));
        }
    }

    @Override
    public boolean serverIsProven() {
        return client.isComplete();
    }
}
