package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.CheckResult;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.TlsFacts;

/** Cipher suites and groups that a person has chosen, as servers see them. */
@WithLab
@ExtendWith(NothingLeft.class)
class NarrowedOfferTest {
    /** Of those that TLS 1.1 knows as well. */
    private static final String SUITE = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA";

    private static final String OTHER = "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA";
    private static final String MODERN = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
    private static final CheckOptions TO_TLS = new CheckOptions(true, Optional.of(Phase.TLS));

    private final Lab lab;
    private final LabChecks checks;

    NarrowedOfferTest(Lab lab) {
        this.lab = lab;
        this.checks = new LabChecks(lab);
    }

    @AfterEach
    void endTheChecks() {
        checks.close();
    }

    /** With the group of the server's key, which TLS 1.2 wants among them (RFC 8422 §5.1.1). */
    private static TlsSettings narrowed(TlsSettings tls, Set<TlsVersion> versions, List<String> suites) {
        return tls.withVersions(versions).withCipherSuites(suites).withGroups(List.of("secp384r1", "secp256r1"));
    }

    /** TLS 1.1 beside 1.2 goes by the second TLS stack. */
    @ParameterizedTest
    @CsvSource({"TLS_1_2", "TLS_1_1"})
    void aServerIsOfferedThemAloneAndInTheirOrder(TlsVersion lowest) throws Exception {
        Set<TlsVersion> versions = EnumSet.of(TlsVersion.TLS_1_2, lowest);
        try (OpensslServer server = OpensslServer.start(lab, "-cipher", "ECDHE-ECDSA-AES128-SHA")) {
            Endpoint endpoint = openssl(server, versions, List.of(SUITE));

            TlsFacts facts = checks.checks()
                    .run(endpoint, TO_TLS)
                    .timeline()
                    .latest(TlsFacts.class)
                    .orElseThrow();

            assertThat(facts.cipher()).contains(SUITE);
            OpensslServer.Seen seen = server.seen();
            assertThat(seen.below("cipher_suites"))
                    .filteredOn(line -> !line.endsWith("_SCSV"))
                    .singleElement()
                    .asString()
                    .endsWith(SUITE);
            assertThat(seen.below("extension_type=supported_groups"))
                    .extracting(line -> line.split(" ", 2)[0])
                    .containsExactly("secp384r1", "secp256r1");
        }
    }

    @ParameterizedTest
    @CsvSource({"TLS_1_2", "TLS_1_1"})
    void aServerThatHasNoneOfThemRefuses(TlsVersion lowest) throws Exception {
        try (OpensslServer server = OpensslServer.start(lab, "-cipher", "ECDHE-ECDSA-AES128-SHA")) {
            CheckResult result = checks.checks()
                    .run(openssl(server, EnumSet.of(TlsVersion.TLS_1_2, lowest), List.of(OTHER)), TO_TLS);

            assertThat(LabChecks.end(result)).startsWith("TLS HandshakeFailed");
            assertThat(server.seen().messages("Sent")).containsExactly("alert fatal handshake_failure");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMailServerTakesTheOneThatIsLeft(Service service) {
        Endpoint endpoint = checks.endpoint(service.in(lab), service.plainPort(), TlsMode.STARTTLS);

        TlsFacts facts = checks.run(
                        endpoint.withTls(narrowed(endpoint.tls(), EnumSet.of(TlsVersion.TLS_1_2), List.of(MODERN))))
                .timeline()
                .latest(TlsFacts.class)
                .orElseThrow();

        assertThat(facts.cipher()).contains(MODERN);
        assertThat(facts.hellos().group()).get().asString().isIn("secp384r1", "secp256r1");
    }

    private Endpoint openssl(OpensslServer server, Set<TlsVersion> versions, List<String> suites) {
        Endpoint base = checks.endpoint(lab.server("dovecot"), "imaps", TlsMode.IMPLICIT);
        return Endpoint.of(Protocol.IMAP, "localhost")
                .withPort(server.port())
                .withSecurity(TlsMode.IMPLICIT)
                .withTls(narrowed(base.tls(), versions, suites));
    }
}
