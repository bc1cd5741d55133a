package org.posthorn.sasl;

import javax.security.sasl.SaslClient;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

/** Proves to mail servers who is logged in to the operating system, by Kerberos. */
@FunctionalInterface
public interface Tickets {

    /**
     * The client's side of one login by ticket.
     *
     * @param authorizationId the identity to act as; empty for the ticket's own
     * @throws FailureException with {@link Failure.NoTicket} when there is none, or none for this service
     */
    Proof to(SaslService service, String authorizationId) throws FailureException;

    /**
     * A login by ticket.
     *
     * @param user whose ticket it is
     * @param client GSSAPI (RFC 4752)
     */
    record Proof(String user, SaslClient client) {}

    /** Those of this machine. */
    static Tickets ofSystem() {
        return new SystemTickets();
    }
}
