package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.diagnosis.Finding;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.HelloFacts;
import org.posthorn.timeline.TlsFacts;
import org.posthorn.transport.tls.TlsPreparation;

/** Cipher suites and groups that a person chose, and no others. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class NarrowedTlsTest {
    private static final String SUITE = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private static final String OTHER = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";

    private static final TlsSettings TLS12 = TlsSettings.defaults().withVersions(EnumSet.of(TlsVersion.TLS_1_2));

    private static TlsFacts facts(TlsSettings tls) throws Exception {
        var context =
                Certificates.authority().leaf("127.0.0.1").rsa(2048).issue().serverContext();
        try (Checks checks = new Checks();
                ScriptedServer server = ScriptedServer.secured(context, peer -> peer.say("* BYE bye"))) {
            Endpoint plain = Checks.endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT);
            CheckResult result =
                    checks.run(plain.withTls(tls.withTrust(plain.tls().trust())));
            return result.timeline().latest(TlsFacts.class).orElseThrow();
        }
    }

    @Test
    void offersTheChosenSuitesInTheirOrderAndNoOthers() throws Exception {
        TlsFacts facts = facts(TLS12.withCipherSuites(List.of(OTHER, SUITE)));

        assertThat(facts.hellos().cipherSuites()).startsWith(OTHER, SUITE).hasSizeLessThanOrEqualTo(3);
        assertThat(facts.cipher()).isIn(Optional.of(OTHER), Optional.of(SUITE));
        assertThat(facts(TLS12.withCipherSuites(List.of(SUITE))).cipher()).contains(SUITE);
    }

    @ParameterizedTest
    @CsvSource({"TLS_1_2, secp384r1", "TLS_1_3, secp384r1", "TLS_1_3, x25519", "TLS_1_3, ffdhe2048"})
    void offersTheChosenGroupAndSaysWhichIsInForce(TlsVersion version, String group) throws Exception {
        TlsSettings tls =
                TlsSettings.defaults().withVersions(EnumSet.of(version)).withGroups(List.of(group));

        HelloFacts hellos = facts(tls).hellos();

        assertThat(hellos.groups()).containsExactly(group);
        assertThat(hellos.group()).contains(group);
    }

    @Test
    void saysWhatIsOfferedWhereNothingWasChosen() throws Exception {
        HelloFacts hellos = facts(TlsSettings.defaults()).hellos();

        assertThat(hellos.cipherSuites()).contains("TLS_AES_128_GCM_SHA256", SUITE);
        assertThat(hellos.groups()).contains("x25519", "secp256r1");
        assertThat(hellos.group()).isPresent();
    }

    @Test
    void theSecondStackObeysAsWell() throws Exception {
        TlsSettings old = TlsSettings.defaults()
                .withVersions(EnumSet.of(TlsVersion.TLS_1_1, TlsVersion.TLS_1_2))
                .withCipherSuites(List.of("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"))
                .withGroups(List.of("secp384r1"));

        TlsFacts facts = facts(old);

        assertThat(facts.cipher()).contains("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");
        assertThat(facts.hellos().groups()).containsExactly("secp384r1");
        assertThat(facts.hellos().group()).contains("secp384r1");
        assertThat(facts.hellos().cipherSuites())
                .filteredOn(suite -> suite.contains("_WITH_"))
                .containsExactly("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");
    }

    @ParameterizedTest
    @CsvSource({"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, '', CIPHER_SUITES", "'', x448, GROUPS"})
    void aServerThatTakesNoneOfThemIsToldWithTheFieldThatNarrows(String suite, String group, Field field)
            throws Exception {
        TlsSettings tls = TLS12.withCipherSuites(suite.isEmpty() ? List.of() : List.of(suite))
                .withGroups(group.isEmpty() ? List.of() : List.of(group));
        SSLContext context =
                Certificates.authority().leaf("127.0.0.1").rsa(2048).issue().serverContext();
        SSLParameters only = new SSLParameters();
        only.setNamedGroups(new String[] {"x25519"});
        only.setCipherSuites(new String[] {SUITE});
        try (Checks checks = new Checks();
                ScriptedServer server = ScriptedServer.of(peer -> peer.startTls(context, only))) {
            Endpoint plain = Checks.endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT);
            CheckResult result =
                    checks.run(plain.withTls(tls.withTrust(plain.tls().trust())));

            Finding finding = Diagnosis.of(result.endpoint(), result.timeline()).getFirst();
            assertThat(finding.field()).contains(field);
            assertThat(finding.remedy()).contains("Empty Cipher suites and Key exchange groups");
        }
    }

    @Test
    void whatCannotBeOfferedEndsBeforeAnythingIsSent() throws Exception {
        try (Checks checks = new Checks();
                ScriptedServer server = ScriptedServer.of(ScriptedServer.Peer::ignore)) {
            Endpoint endpoint = Checks.endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT);
            CheckResult result = checks.run(endpoint.withTls(TLS12.withCipherSuites(List.of("TLS_NULL"))));

            assertThat(Checks.failure(result)).isInstanceOf(Failure.TlsSettingsUnusable.class);
            assertThat(server.connections()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        TLS_1_2 | TLS_NULL_WITH_NULL_NULL | CIPHER_SUITES | cannot be offered here
        TLS_1_2 | ECDHE-RSA-AES128-GCM-SHA256 | CIPHER_SUITES | is called TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 here
        TLS_1_2 | ECDHE-RSA-CHACHA20-POLY1305 | CIPHER_SUITES | is called TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 here
        TLS_1_2 | DHE-RSA-AES256-SHA | CIPHER_SUITES | is called TLS_DHE_RSA_WITH_AES_256_CBC_SHA here
        TLS_1_1 | AES128-SHA | CIPHER_SUITES | is called TLS_RSA_WITH_AES_128_CBC_SHA here
        TLS_1_1 | DES-CBC3-SHA | CIPHER_SUITES | is called TLS_RSA_WITH_3DES_EDE_CBC_SHA here
        TLS_1_3 | TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 | CIPHER_SUITES | None of the chosen cipher suites goes with TLS 1.3
        TLS_1_2 | TLS_AES_128_GCM_SHA256 | CIPHER_SUITES | None of the chosen cipher suites goes with TLS 1.2
        TLS_1_1 | TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 | CIPHER_SUITES | None of the chosen cipher suites goes with TLS 1.1
        """)
    void aSuiteThatWouldBeLeftOutIsAProblem(TlsVersion version, String suite, Field field, String sentence) {
        TlsSettings tls =
                TlsSettings.defaults().withVersions(EnumSet.of(version)).withCipherSuites(List.of(suite));

        assertThat(TlsPreparation.problemsOfOffer(tls)).singleElement().satisfies(problem -> {
            assertThat(problem.isError()).isTrue();
            assertThat(problem.field()).isEqualTo(field);
            assertThat(problem.sentence()).contains(sentence);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "P-256, is called secp256r1 here",
        "X25519, is called x25519 here",
        "prime256v1, is called secp256r1 here",
        "curve9, cannot be offered here"
    })
    void aGroupThatWouldBeLeftOutIsAProblem(String group, String sentence) {
        assertThat(TlsPreparation.problemsOfOffer(TLS12.withGroups(List.of(group))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo(Field.GROUPS);
                    assertThat(problem.sentence()).contains(sentence);
                });
    }

    @Test
    void whatCanBeOfferedIsNone() {
        assertThat(TlsPreparation.problemsOfOffer(TlsSettings.defaults()
                        .withCipherSuites(List.of("TLS_AES_128_GCM_SHA256", SUITE))
                        .withGroups(List.of("x25519"))))
                .isEmpty();
    }
}
