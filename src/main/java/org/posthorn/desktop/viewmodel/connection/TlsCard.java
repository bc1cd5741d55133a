package org.posthorn.desktop.viewmodel.connection;

import java.util.List;

/**
 * TLS as it came out.
 *
 * @param version the version in force, for example {@code TLS 1.3}; empty when there is none
 * @param offered the versions that were offered, for example {@code 1.2, 1.3, as requested}
 * @param cipher the suite in force and the group of its key exchange; empty when there is none
 * @param client whether the server asked for a client certificate, what it accepts and what was shown; empty when it did
 *     not ask
 * @param trust {@code trusted}, {@code trusted by fingerprint}, {@code not trusted}, or empty when no certificate came
 * @param problems why it is not trusted, a sentence each
 * @param chain the certificates, the server's own first
 */
public record TlsCard(
        String version,
        String offered,
        String cipher,
        String client,
        boolean trusted,
        String trust,
        List<String> problems,
        List<CertificateRow> chain) {
    public TlsCard {
        problems = List.copyOf(problems);
        chain = List.copyOf(chain);
    }

    /** The chain as one PEM file. */
    public String pem() {
        StringBuilder text = new StringBuilder();
        chain.forEach(row -> text.append(row.pem().strip()).append('\n'));
        return text.toString();
    }
}
