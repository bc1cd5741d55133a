package org.posthorn.transport.tls;

import java.util.List;
import org.posthorn.timeline.CertificateFacts;
import org.posthorn.timeline.CertificateProblem;

/**
 * What the judge found in one chain.
 *
 * @param certificates the chain as sent, the server's own certificate first
 * @param built the chain from the server's certificate to the authority that is trusted; empty when none could be built
 * @param problems all that is wrong; empty when nothing is
 * @param pinned whether a fingerprint chosen by the person makes up for the problems
 */
public record Verdict(
        List<CertificateFacts> certificates,
        List<CertificateFacts> built,
        List<CertificateProblem> problems,
        boolean pinned) {
    public Verdict {
        certificates = List.copyOf(certificates);
        built = List.copyOf(built);
        problems = List.copyOf(problems);
    }

    public boolean trusted() {
        return !certificates.isEmpty() && (problems.isEmpty() || pinned);
    }
}
