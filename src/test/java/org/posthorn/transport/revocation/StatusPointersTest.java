package org.posthorn.transport.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;
import org.posthorn.testkit.CertificateRequest;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.Issuer;

class StatusPointersTest {
    private static final String TLS_FEATURE = "1.3.6.1.5.5.7.1.24";

    @Test
    void namesTheAddressesThatCanBeAskedOverHttp() {
        StatusPointers pointers = of(request()
                .extension(
                        Extension.authorityInfoAccess.getId(),
                        false,
                        Issuer.responders(
                                "http://ocsp.test/a", "ldap://ocsp.test", "http:///nowhere", "not an address"))
                .extension(
                        Extension.cRLDistributionPoints.getId(),
                        false,
                        Issuer.lists("ldap://crl.test/cn=x", "HTTPS://crl.test/x.crl")));

        assertThat(pointers.responders()).containsExactly(URI.create("http://ocsp.test/a"));
        assertThat(pointers.lists()).containsExactly(URI.create("HTTPS://crl.test/x.crl"));
        assertThat(pointers.mustStaple()).isFalse();
    }

    @Test
    void seesTheDemandForAStapledAnswer() {
        assertThat(of(request().extension(TLS_FEATURE, false, new DERSequence(new ASN1Integer(5))))
                        .mustStaple())
                .isTrue();
        assertThat(of(request().extension(TLS_FEATURE, false, new DERSequence(new ASN1Integer(17))))
                        .mustStaple())
                .isFalse();
    }

    @Test
    void anExtensionOfAnotherFormSaysNothing() {
        StatusPointers pointers = of(request()
                .extension(Extension.authorityInfoAccess.getId(), false, new DERUTF8String("x"))
                .extension(Extension.cRLDistributionPoints.getId(), false, new ASN1Integer(1))
                .extension(TLS_FEATURE, false, new DERSequence(new DERUTF8String("5"))));

        assertThat(pointers.responders()).isEmpty();
        assertThat(pointers.lists()).isEmpty();
        assertThat(pointers.mustStaple()).isFalse();
    }

    private static CertificateRequest request() {
        return Certificates.authority().leaf("mail.test");
    }

    private static StatusPointers of(CertificateRequest request) {
        return StatusPointers.of(request.issue().certificate());
    }
}
