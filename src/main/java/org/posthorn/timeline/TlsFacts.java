package org.posthorn.timeline;

import java.util.List;
import java.util.Optional;

/**
 * What a handshake told, also when it failed.
 *
 * @param requested the versions that were asked for, in Java's names ({@code TLSv1.3})
 * @param offered the versions that the TLS stack really offered
 * @param serverName the name sent as SNI and compared with the certificate; absent for an IP literal's SNI
 * @param version the negotiated version, when there is one
 * @param cipher the negotiated cipher suite, when there is one
 * @param certificates the chain as the server sent it, its own first
 * @param built the chain from the server's certificate to the authority that is trusted; empty when none could be built
 * @param problems why the chain is not trusted; empty when it is
 * @param pinned whether a fingerprint chosen by the person made up for the problems
 * @param revocations what is known of each certificate of the built chain below the authority; empty when nobody told
 * @param stapleMissing whether the certificate demands a stapled answer (RFC 7633) and the server sent none
 * @param hellos the cipher suites and groups that were offered, and the group in force
 * @param clientAuthentication absent where the server did not ask for a client certificate
 */
public record TlsFacts(
        List<String> requested,
        List<String> offered,
        String serverName,
        Optional<String> version,
        Optional<String> cipher,
        List<CertificateFacts> certificates,
        List<CertificateFacts> built,
        List<CertificateProblem> problems,
        boolean pinned,
        List<Revocation> revocations,
        boolean stapleMissing,
        HelloFacts hellos,
        Optional<ClientAuthentication> clientAuthentication)
        implements Facts {
    public TlsFacts {
        requested = List.copyOf(requested);
        offered = List.copyOf(offered);
        certificates = List.copyOf(certificates);
        built = List.copyOf(built);
        problems = List.copyOf(problems);
        revocations = List.copyOf(revocations);
    }

    /**
     * The server asked for a client certificate.
     *
     * @param issuers the authorities whose certificates it accepts, by their distinguished names (RFC 2253); empty when it
     *     named none
     * @param shown the subject of the certificate that was shown, if one was
     */
    public record ClientAuthentication(List<String> issuers, Optional<String> shown) {
        public ClientAuthentication {
            issuers = List.copyOf(issuers);
        }
    }

    /** Whether the certificate was seen and accepted. */
    public boolean trusted() {
        return !certificates.isEmpty() && (problems.isEmpty() || pinned);
    }
}
