package org.posthorn.transport.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.IssuedCertificate;
import org.posthorn.testkit.Issuer;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Revocation;
import org.posthorn.timeline.Revocation.Status;

class RevocationListTest {
    private static final IssuedCertificate AUTHORITY = Certificates.authority();
    private static final IssuedCertificate LEAF = AUTHORITY.leaf("mail.test").issue();
    private static final Issued ISSUED = new Issued(0, LEAF.certificate(), AUTHORITY.certificate());

    static Stream<Arguments> lists() {
        byte[] forged = new Issuer(AUTHORITY).list();
        forged[forged.length - 1] ^= 1;
        return Stream.of(
                arguments("without it", new Issuer(AUTHORITY).list(), Status.GOOD, ""),
                arguments(
                        "in PEM",
                        Certificates.pem("X509 CRL", new Issuer(AUTHORITY).list())
                                .getBytes(StandardCharsets.US_ASCII),
                        Status.GOOD,
                        ""),
                arguments(
                        "with it",
                        new Issuer(AUTHORITY).list(LEAF.certificate().getSerialNumber()),
                        Status.REVOKED,
                        "key compromise"),
                arguments(
                        "too old",
                        new Issuer(AUTHORITY)
                                .valid(
                                        Instant.now().minus(Duration.ofDays(9)),
                                        Instant.now().minus(Duration.ofDays(2)))
                                .list(),
                        Status.UNKNOWN,
                        "to be renewed by"),
                arguments(
                        "of another issuer",
                        new Issuer(Certificates.authority("Stranger")).list(),
                        Status.UNKNOWN,
                        "another issuer, CN=Stranger"),
                arguments(
                        "of another with the same name",
                        new Issuer(Certificates.authority("Test Root")).list(),
                        Status.UNKNOWN,
                        "not signed by the issuer"),
                arguments("forged", forged, Status.UNKNOWN, "not signed by the issuer"),
                arguments("garbage", "<html>".getBytes(StandardCharsets.US_ASCII), Status.UNKNOWN, "no list"),
                arguments("nothing", new byte[0], Status.UNKNOWN, "empty"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void believesWhatTheIssuerSignedAndHolds(String kind, byte[] list, Status status, String detail) {
        Revocation found = RevocationList.judge(ISSUED, list, "http://crl.test", Instant.now());

        assertThat(found.status()).as(kind).isEqualTo(status);
        assertThat(found.detail()).contains(detail);
        assertThat(found.detail().isEmpty()).isEqualTo(status == Status.GOOD);
    }

    @Test
    void aListThatDoesNotHoldSendsNobodyToTheNetwork() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(ScriptedServer.Peer::ignore)) {
            String address = "http://" + server.host() + ":" + server.port() + "/list.crl";
            IssuedCertificate leaf = AUTHORITY
                    .leaf("mail.test")
                    .extension(Extension.cRLDistributionPoints.getId(), false, Issuer.lists(address))
                    .extension(Extension.authorityInfoAccess.getId(), false, Issuer.responders(address))
                    .issue();
            Issued issued = new Issued(0, leaf.certificate(), AUTHORITY.certificate());

            Revocation listed = RevocationList.judge(
                    issued,
                    new Issuer(AUTHORITY)
                            .valid(
                                    Instant.now().plus(Duration.ofDays(1)),
                                    Instant.now().plus(Duration.ofDays(2)))
                            .list(),
                    address,
                    Instant.now());
            Revocation answered =
                    OcspAnswer.judge(issued, new byte[] {1, 2}, Revocation.Source.OCSP, address, Instant.now());

            assertThat(listed.status()).isEqualTo(Status.UNKNOWN);
            assertThat(answered.status()).isEqualTo(Status.UNKNOWN);
            assertThat(server.connections()).isZero();
        }
    }
}
