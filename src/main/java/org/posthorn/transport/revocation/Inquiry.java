package org.posthorn.transport.revocation;

import java.util.List;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Revocation;

/** Asks the issuers of certificates about them. */
@FunctionalInterface
public interface Inquiry {
    /**
     * One answer for each certificate, in their order.
     *
     * @throws FailureException when the person stopped it; that nobody answers is an answer
     */
    List<Revocation> ask(List<Issued> certificates) throws FailureException;

    /** Asks nobody. */
    static Inquiry none() {
        return _ -> List.of();
    }
}
