package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.testkit.Checks.failure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.diagnosis.Finding;
import org.posthorn.diagnosis.Severity;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.IssuedCertificate;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.OldTls;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.CertificateProblem;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.TlsFacts;

/** TLS 1.0 and 1.1, spoken by the connection that asks for them and by no other. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class ObsoleteTlsTest {
    private static final CheckOptions TO_THE_GREETING = new CheckOptions(true, Optional.of(Phase.GREETING));
    private static final IssuedCertificate GOOD =
            Certificates.authority().leaf("127.0.0.1").rsa(2048).issue();

    private final Checks checks = new Checks();

    @AfterEach
    void endTheChecks() {
        checks.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsVersion.class,
            names = {"TLS_1_0", "TLS_1_1"})
    @DisplayName(
            "set_supported_encryption_unsafe: reaches an old server while an ordinary connection of the same process"
                    + " is refused")
    void reachesAnOldServerWhileAnOrdinaryConnectionOfTheSameProcessIsRefused(TlsVersion version) throws Exception {
        try (ScriptedServer server = old(version)) {
            Endpoint ordinary = Checks.endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT);
            Endpoint asking = ordinary.withTls(only(version));
            var refused = CompletableFuture.supplyAsync(() -> checks.run(ordinary, TO_THE_GREETING));

            CheckResult reached = checks.run(asking, TO_THE_GREETING);

            assertThat(reached.timeline().failure()).isEmpty();
            assertThat(reached.outcome()).isEqualTo(CheckOutcome.STOPPED);
            TlsFacts facts = reached.timeline().latest(TlsFacts.class).orElseThrow();
            assertThat(facts.requested()).containsExactly(version.standardName());
            assertThat(facts.offered()).containsExactly(version.standardName());
            assertThat(facts.version()).contains(version.standardName());
            assertThat(facts.cipher()).contains("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");
            assertThat(facts.trusted()).isTrue();
            assertThat(failure(refused.join())).isEqualTo(failure(checks.run(ordinary, TO_THE_GREETING)));
            assertThat(failure(refused.join()))
                    .isInstanceOfSatisfying(
                            Failure.HandshakeFailed.class,
                            handshake -> assertThat(handshake.alert()).contains("protocol_version"));
        }
    }

    @Test
    void carriesAWholeConversationAfterStarttls() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 STARTTLS] ready");
            peer.answer("TAG OK begin");
            peer.startTls(OldTls.version10(GOOD));
            peer.answer("* CAPABILITY IMAP4rev1", "TAG OK done");
            peer.answer("TAG OK noop");
            peer.answer("* BYE", "TAG OK bye");
        })) {
            CheckResult result = checks.run(
                    Checks.endpoint(Protocol.IMAP, server, TlsMode.STARTTLS).withTls(only(TlsVersion.TLS_1_0)));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(checks.logText())
                    .containsSubsequence(
                            "STARTTLS",
                            "warning: obsolete TLS 1.0",
                            "ClientHello",
                            "TLSv1;",
                            "ServerHello",
                            "TLSv1, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                            "CAPABILITY IMAP4rev1");
        }
    }

    @Test
    void judgesTheCertificateAsEverywhere() throws Exception {
        IssuedCertificate stranger =
                Certificates.selfSigned("other.example").rsa(2048).issue();
        try (ScriptedServer server = ScriptedServer.of(peer -> peer.startTls(OldTls.version10(stranger)))) {
            CheckResult result = checks.run(
                    Checks.endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT).withTls(only(TlsVersion.TLS_1_0)));

            assertThat(((Failure.CertificateRejected) failure(result)).problems())
                    .hasAtLeastOneElementOfType(CertificateProblem.SelfSigned.class)
                    .hasAtLeastOneElementOfType(CertificateProblem.NameMismatch.class);
            assertThat(checks.logText()).contains("alert fatal certificate_unknown");
        }
    }

    @Test
    void speaksTheNewestVersionThatBothKnowAndSaysThatTheOldOnesAreNotNeeded() throws Exception {
        try (ScriptedServer server = ScriptedServer.secured(GOOD.serverContext(), ObsoleteTlsTest::greet)) {
            CheckResult result = checks.run(
                    Checks.endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT)
                            .withTls(TlsSettings.defaults().withVersions(EnumSet.allOf(TlsVersion.class))),
                    TO_THE_GREETING);

            TlsFacts facts = result.timeline().latest(TlsFacts.class).orElseThrow();
            assertThat(facts.version()).contains("TLSv1.3");
            assertThat(facts.offered()).containsExactly("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");
            assertThat(warning(result).user()).contains("does not need it");
        }
    }

    @Test
    void remarksThatAnObsoleteVersionIsInForce() throws Exception {
        try (ScriptedServer server = old(TlsVersion.TLS_1_0)) {
            CheckResult result = checks.run(
                    Checks.endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT).withTls(only(TlsVersion.TLS_1_0)),
                    TO_THE_GREETING);

            assertThat(warning(result).user()).contains("under TLS 1.0").contains("can be broken");
        }
    }

    @Test
    void namesTheAlertOfAServerThatWantsMore() throws Exception {
        try (ScriptedServer server = ScriptedServer.secured(GOOD.serverContext(), ObsoleteTlsTest::greet)) {
            Endpoint endpoint =
                    Checks.endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT).withTls(only(TlsVersion.TLS_1_1));

            CheckResult result = checks.run(endpoint);

            assertThat(((Failure.HandshakeFailed) failure(result)).alert()).contains("protocol_version");
            assertThat(Diagnosis.of(endpoint, result.timeline())
                            .getFirst()
                            .cause()
                            .code())
                    .isEqualTo("tls-client-too-old");
        }
    }

    @Test
    void tellsWhatSpeaksInsteadOfTls() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.send("* OK plain\r\n".getBytes(StandardCharsets.US_ASCII));
            peer.ignore();
        })) {
            assertThat(failure(checks.run(Checks.endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT)
                            .withTls(only(TlsVersion.TLS_1_0)))))
                    .isEqualTo(new Failure.TlsNotSpoken("* OK plain"));
        }
    }

    @Test
    void isLostWhereTheServerGoesAwayAfterItsHello() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            byte[] header = peer.hear(5).getBytes(StandardCharsets.ISO_8859_1);
            peer.hear(((header[3] & 0xFF) << 8) | (header[4] & 0xFF));
            peer.send(HexFormat.of().parseHex("160301002a020000260301" + "5a".repeat(32) + "00" + "c013" + "00"));
            peer.end();
        })) {
            Failure failure = failure(checks.run(
                    Checks.endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT).withTls(only(TlsVersion.TLS_1_0))));

            assertThat(failure).isInstanceOf(Failure.ConnectionLost.class);
            assertThat(failure.stage()).isEqualTo(Phase.TLS);
        }
    }

    private static ScriptedServer old(TlsVersion version) throws IOException {
        OldTls tls = version == TlsVersion.TLS_1_0 ? OldTls.version10(GOOD) : OldTls.version11(GOOD);
        return ScriptedServer.of(peer -> {
            peer.startTls(tls);
            greet(peer);
        });
    }

    private static void greet(ScriptedServer.Peer peer) throws IOException {
        peer.say("* OK ready");
        peer.ignore();
    }

    private static TlsSettings only(TlsVersion version) {
        return TlsSettings.defaults().current(Set.of()).obsolete(Set.of(version));
    }

    private static Finding warning(CheckResult result) {
        List<Finding> warnings = Diagnosis.of(result.endpoint(), result.timeline()).stream()
                .filter(finding -> finding.severity() == Severity.WARNING)
                .toList();
        assertThat(warnings).hasSize(1);
        assertThat(warnings.getFirst().field()).isEqualTo(Optional.of(Field.OBSOLETE_TLS));
        return warnings.getFirst();
    }
}
