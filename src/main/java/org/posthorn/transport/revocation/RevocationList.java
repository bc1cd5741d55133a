package org.posthorn.transport.revocation;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.posthorn.timeline.Revocation;

/** An issuer's list of the certificates it has taken back (RFC 5280 §5). */
public final class RevocationList {
    private RevocationList() {}

    /**
     * What it says of a certificate; unknown where it says nothing that can be believed.
     *
     * @param encoded in DER or PEM
     * @param from the address it came from
     */
    public static Revocation judge(Issued issued, byte[] encoded, String from, Instant now) {
        if (encoded.length == 0) {
            return issued.unknown(Revocation.Source.CRL, from, StatusValidation.EMPTY);
        }
        try {
            return read(issued, encoded, from, now);
        } catch (CRLException | CertificateException _) {
            return issued.unknown(Revocation.Source.CRL, from, "what came is no list of revoked certificates");
        } catch (RuntimeException _) {
            // What malformed DER makes Java's reader throw is not documented.
            return issued.unknown(Revocation.Source.CRL, from, StatusValidation.UNREADABLE);
        }
    }

    private static Revocation read(Issued issued, byte[] encoded, String from, Instant now)
            throws CRLException, CertificateException {
        X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(encoded));
        Optional<String> unusable = unusable(list, issued, now);
        if (unusable.isPresent()) {
            return issued.unknown(Revocation.Source.CRL, from, unusable.get());
        }
        return judge(issued, list, from, now);
    }

    private static Revocation judge(Issued issued, X509CRL list, String from, Instant now) {
        StatusValidation.Result result = StatusValidation.of(issued, now, (parameters, _) -> {
            parameters.setRevocationEnabled(true);
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(list))));
        });
        return issued.revocation(
                result.status(),
                Revocation.Source.CRL,
                from,
                Optional.of(list.getThisUpdate().toInstant()),
                Optional.ofNullable(list.getNextUpdate()).map(Date::toInstant),
                result.detail());
    }

    /** The validator says of all of these no more than that it could not find out. */
    private static Optional<String> unusable(X509CRL list, Issued issued, Instant now) {
        if (!list.getIssuerX500Principal().equals(issued.certificate().getIssuerX500Principal())) {
            return Optional.of("the list is of another issuer, " + list.getIssuerX500Principal());
        }
        Date next = list.getNextUpdate();
        if (next != null && now.isAfter(next.toInstant())) {
            return Optional.of("the list was to be renewed by " + next.toInstant());
        }
        try {
            list.verify(issued.issuer().getPublicKey());
            return Optional.empty();
        } catch (GeneralSecurityException _) {
            return Optional.of("the list is not signed by the issuer");
        }
    }
}
