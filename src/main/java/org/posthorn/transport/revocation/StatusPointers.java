package org.posthorn.transport.revocation;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * Where a certificate says that its status can be learnt. Addresses that are not HTTP are left out.
 *
 * @param responders OCSP responders, of authorityInfoAccess (RFC 5280 §4.2.2.1)
 * @param lists lists of revoked certificates, of cRLDistributionPoints (RFC 5280 §4.2.1.13)
 * @param mustStaple whether it demands that its server sends an answer along (RFC 7633)
 */
public record StatusPointers(List<URI> responders, List<URI> lists, boolean mustStaple) {
    private static final String TLS_FEATURE = "1.3.6.1.5.5.7.1.24";
    private static final int STATUS_REQUEST = 5;

    public StatusPointers {
        responders = List.copyOf(responders);
        lists = List.copyOf(lists);
    }

    public static StatusPointers of(X509Certificate certificate) {
        return new StatusPointers(
                extension(certificate, Extension.authorityInfoAccess.getId(), StatusPointers::responders)
                        .orElse(List.of()),
                extension(certificate, Extension.cRLDistributionPoints.getId(), StatusPointers::lists)
                        .orElse(List.of()),
                extension(certificate, TLS_FEATURE, StatusPointers::demandsStatus)
                        .orElse(false));
    }

    /** What does not have the form of its extension says nothing. */
    private static <T> Optional<T> extension(
            X509Certificate certificate, String oid, Function<ASN1Primitive, T> reading) {
        byte[] value = certificate.getExtensionValue(oid);
        if (value == null) {
            return Optional.empty();
        }
        try {
            byte[] content = ASN1OctetString.getInstance(value).getOctets();
            return Optional.of(reading.apply(ASN1Primitive.fromByteArray(content)));
        } catch (IOException | IllegalArgumentException | IllegalStateException | ClassCastException _) {
            return Optional.empty();
        }
    }

    private static List<URI> responders(ASN1Primitive value) {
        return Arrays.stream(AuthorityInformationAccess.getInstance(value).getAccessDescriptions())
                .filter(access -> access.getAccessMethod().equals(AccessDescription.id_ad_ocsp))
                .flatMap(access -> uri(access.getAccessLocation()))
                .toList();
    }

    private static List<URI> lists(ASN1Primitive value) {
        return Arrays.stream(CRLDistPoint.getInstance(value).getDistributionPoints())
                .map(DistributionPoint::getDistributionPoint)
                .filter(name -> name != null && name.getType() == DistributionPointName.FULL_NAME)
                .flatMap(name ->
                        Arrays.stream(GeneralNames.getInstance(name.getName()).getNames()))
                .flatMap(StatusPointers::uri)
                .toList();
    }

    private static boolean demandsStatus(ASN1Primitive value) {
        return Arrays.stream(ASN1Sequence.getInstance(value).toArray())
                .anyMatch(feature -> ASN1Integer.getInstance(feature).hasValue(STATUS_REQUEST));
    }

    private static Stream<URI> uri(GeneralName name) {
        if (name.getTagNo() != GeneralName.uniformResourceIdentifier) {
            return Stream.empty();
        }
        try {
            URI uri = new URI(((ASN1String) name.getName()).getString());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean http = (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
            return http ? Stream.of(uri) : Stream.empty();
        } catch (URISyntaxException _) {
            return Stream.empty();
        }
    }
}
