package org.posthorn.desktop.viewmodel.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthorn.timeline.CertificateFacts;
import org.posthorn.timeline.HelloFacts;
import org.posthorn.timeline.Revocation;
import org.posthorn.timeline.TlsFacts;

class CertificateRowsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final CertificateRows rows = new CertificateRows(NOON, ZoneOffset.UTC);

    @Test
    void saysForHowLongACertificateHolds() {
        assertThat(left(-30, 61)).isEqualTo("61 days left");
        assertThat(left(-30, 1)).isEqualTo("1 day left");
        assertThat(left(-30, 0)).isEqualTo("0 days left");
        assertThat(left(-90, -1)).isEqualTo("expired 1 day ago");
        assertThat(left(-90, -40)).isEqualTo("expired 40 days ago");
        assertThat(left(2, 90)).isEqualTo("valid only from 25 Nov 2026");
    }

    @Test
    void aCertificateThatEndedThisMorningExpiredToday() {
        CertificateFacts certificate = certificate("CN=a", "CN=b", NOON, NOON.minus(Duration.ofHours(3)));

        assertThat(rows.left(certificate)).isEqualTo("expired today");
    }

    @Test
    void readsTheChainAsAPersonDoes() {
        CertificateFacts server = certificate("CN=mail.example.org", "CN=R11,O=An Authority", days(-30), days(60));
        CertificateFacts middle = certificate("CN=R11,O=An Authority", "CN=X1", days(-300), days(-1));
        CertificateFacts root = certificate("CN=X1", "CN=X1", days(-3000), days(3000));

        List<CertificateRow> chain = rows.of(tls(List.of(server, middle), List.of(server, middle, root), List.of()));

        assertThat(chain).extracting(CertificateRow::role).containsExactly("server", "intermediate", "root");
        assertThat(chain).extracting(CertificateRow::subject).containsExactly("mail.example.org", "R11", "X1");
        assertThat(chain).extracting(CertificateRow::good).containsExactly(true, false, true);
        assertThat(chain).extracting(CertificateRow::sent).containsExactly(true, true, false);
        assertThat(chain.getFirst().until()).isEqualTo("22 Jan 2027");
        assertThat(chain.getFirst().fingerprint()).startsWith("AB:AB:").hasSize(95);
    }

    @Test
    void tellsOfEachCertificateWhetherItWasRevoked() {
        CertificateFacts server = certificate("CN=mail.example.org", "CN=R11", days(-30), days(60));
        CertificateFacts middle = certificate("CN=R11", "CN=X1", days(-300), days(300));
        CertificateFacts root = certificate("CN=X1", "CN=X1", days(-3000), days(3000));

        List<CertificateRow> chain = rows.of(tls(
                List.of(server),
                List.of(server, middle, root),
                List.of(
                        revocation(0, Revocation.Status.GOOD, Revocation.Source.STAPLED, ""),
                        revocation(1, Revocation.Status.REVOKED, Revocation.Source.CRL, "key compromise"))));

        assertThat(chain)
                .extracting(CertificateRow::revocation)
                .containsExactly("not revoked · stapled, until 30 Nov 2026", "revoked · CRL: key compromise", "");
        assertThat(chain).extracting(CertificateRow::good).containsExactly(true, false, true);
    }

    private static Revocation revocation(int link, Revocation.Status status, Revocation.Source source, String detail) {
        return new Revocation(link, "", status, source, "", Optional.of(days(0)), Optional.of(days(7)), detail);
    }

    @Test
    void fallsBackFromTheCommonNameToTheOrganisationAndTheWholeName() {
        assertThat(CertificateRows.commonName("O=Acme\\, Inc,CN=mail")).isEqualTo("mail");
        assertThat(CertificateRows.commonName("OU=Mail,O=Acme\\, Inc")).isEqualTo("Acme, Inc");
        assertThat(CertificateRows.commonName("OU=Mail")).isEqualTo("OU=Mail");
        assertThat(CertificateRows.commonName("no name")).isEqualTo("no name");
    }

    private String left(int from, int until) {
        return rows.left(certificate("CN=a", "CN=b", days(from), days(until)));
    }

    private static Instant days(int days) {
        return NOON.plus(Duration.ofDays(days));
    }

    private static CertificateFacts certificate(String subject, String issuer, Instant notBefore, Instant notAfter) {
        return new CertificateFacts(
                subject,
                issuer,
                List.of("mail.example.org"),
                notBefore,
                notAfter,
                "RSA 2048",
                "SHA256withRSA",
                "01",
                "ab".repeat(32),
                false,
                "");
    }

    private static TlsFacts tls(
            List<CertificateFacts> sent, List<CertificateFacts> built, List<Revocation> revocations) {
        return new TlsFacts(
                List.of("TLSv1.3"),
                List.of("TLSv1.3"),
                "mail.example.org",
                Optional.empty(),
                Optional.empty(),
                sent,
                built,
                List.of(),
                false,
                revocations,
                false,
                HelloFacts.none(),
                Optional.empty());
    }
}
