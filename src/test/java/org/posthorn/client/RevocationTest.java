package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.posthorn.testkit.Checks.failure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.RevocationPolicy;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsVersion;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.diagnosis.Finding;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.IssuedCertificate;
import org.posthorn.testkit.Issuer;
import org.posthorn.testkit.ManualTimer;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.OldTls;
import org.posthorn.testkit.ScriptedProxy;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.CertificateProblem;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.Revocation;
import org.posthorn.timeline.Revocation.Source;
import org.posthorn.timeline.Revocation.Status;
import org.posthorn.timeline.TlsFacts;
import org.posthorn.transport.AddressLookup;
import org.posthorn.transport.ByteCaps;
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.Network;

/** The issuers are asked before a word is said to the server, over the account's own way. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class RevocationTest {
    private static final IssuedCertificate AUTHORITY = Certificates.authority();

    private final Checks checks = new Checks();

    /** What the issuer's HTTP server sends to a request. */
    interface Answer {
        byte[] to(IssuedCertificate leaf);
    }

    private static byte[] http(String type, byte[] body) {
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static Answer ocsp(Optional<CertificateStatus> status) {
        return leaf -> http("application/ocsp-response", new Issuer(AUTHORITY).answer(leaf.certificate(), status));
    }

    private static Answer list(boolean revoked) {
        return leaf -> http(
                "application/pkix-crl",
                revoked
                        ? new Issuer(AUTHORITY).list(leaf.certificate().getSerialNumber())
                        : new Issuer(AUTHORITY).list());
    }

    private static Answer words(String text) {
        return _ -> text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends its answers one by one, and sees which certificate is meant only when that is made. */
    private static ScriptedServer issuer(CompletableFuture<IssuedCertificate> leaf, Answer ocsp, Answer list)
            throws IOException {
        return ScriptedServer.of(peer -> {
            String request = peer.hear();
            int length = 0;
            for (String field = peer.hear(); !field.isEmpty(); field = peer.hear()) {
                String lower = field.toLowerCase(Locale.ROOT);
                length = lower.startsWith("content-length:")
                        ? Integer.parseInt(lower.substring(15).strip())
                        : length;
            }
            peer.bytes(length);
            peer.send((request.startsWith("POST") ? ocsp : list).to(leaf.join()));
            peer.end();
        });
    }

    private static IssuedCertificate leaf(ScriptedServer issuer) {
        String address = "http://127.0.0.1:" + issuer.port();
        return AUTHORITY
                .leaf("127.0.0.1")
                .extension(Extension.authorityInfoAccess.getId(), false, Issuer.responders(address + "/ocsp"))
                .extension(Extension.cRLDistributionPoints.getId(), false, Issuer.lists(address + "/list.crl"))
                .issue();
    }

    private static ScriptedServer mail(IssuedCertificate leaf) throws IOException {
        return ScriptedServer.secured(leaf.serverContext(), RevocationTest::speakImap);
    }

    private static void speakImap(ScriptedServer.Peer peer) throws IOException {
        peer.say("* OK [CAPABILITY IMAP4rev1] ready");
        peer.answer("TAG OK noop");
        peer.answer("* BYE", "TAG OK bye");
    }

    private static Endpoint endpoint(ScriptedServer mail, RevocationPolicy policy) {
        Endpoint endpoint = Checks.endpoint(Protocol.IMAP, mail, TlsMode.IMPLICIT);
        return endpoint.withTls(endpoint.tls().withRevocation(policy));
    }

    static Stream<Arguments> answers() {
        String big = "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + "x".repeat(2 * 1024 * 1024);
        return Stream.of(
                arguments("good", ocsp(Issuer.GOOD), list(true), Status.GOOD, Source.OCSP, ""),
                arguments(
                        "revoked", ocsp(Issuer.revoked()), list(false), Status.REVOKED, Source.OCSP, "key compromise"),
                arguments("unknown, not listed", ocsp(Issuer.unknown()), list(false), Status.GOOD, Source.CRL, ""),
                arguments("unknown, listed", ocsp(Issuer.unknown()), list(true), Status.REVOKED, Source.CRL, ""),
                arguments(
                        "refused, listed",
                        words("HTTP/1.1 500 Oh\r\n\r\n"),
                        list(true),
                        Status.REVOKED,
                        Source.CRL,
                        "key compromise"),
                arguments(
                        "try later, none",
                        (Answer) _ -> http("a/b", Issuer.refusal(OCSPRespBuilder.TRY_LATER)),
                        words("HTTP/1.1 404 Not Found\r\n\r\n"),
                        Status.UNKNOWN,
                        Source.OCSP,
                        "TRY_LATER"),
                arguments(
                        "garbage",
                        words("220 ready\r\n"),
                        words("\r\n"),
                        Status.UNKNOWN,
                        Source.OCSP,
                        "no answer came"),
                arguments("away", words(""), words(""), Status.UNKNOWN, Source.OCSP, "it closed the connection"),
                arguments("too much", words(big), words(""), Status.UNKNOWN, Source.OCSP, "it sent too much"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void asksTheResponderThenTheList(String kind, Answer ocsp, Answer list, Status status, Source source, String detail)
            throws Exception {
        var made = new CompletableFuture<IssuedCertificate>();
        try (checks;
                ScriptedServer issuer = issuer(made, ocsp, list)) {
            IssuedCertificate leaf = leaf(issuer);
            made.complete(leaf);
            try (ScriptedServer mail = mail(leaf)) {
                CheckResult checking = checks.run(endpoint(mail, RevocationPolicy.CHECK));
                List<String> saidWhenChecking = List.copyOf(mail.heard());
                CheckResult requiring = checks.run(endpoint(mail, RevocationPolicy.REQUIRE));

                Revocation found = revocation(checking);
                assertThat(found.status()).as(kind).isEqualTo(status);
                assertThat(found.source()).isEqualTo(source);
                assertThat(found.detail()).contains(detail);
                assertThat(checking.outcome())
                        .isEqualTo(status == Status.REVOKED ? CheckOutcome.FAILED : CheckOutcome.READY);
                assertThat(requiring.outcome())
                        .isEqualTo(status == Status.GOOD ? CheckOutcome.READY : CheckOutcome.FAILED);
                if (status == Status.REVOKED) {
                    assertThat(saidWhenChecking).isEmpty();
                    assertThat(((Failure.CertificateRejected) failure(checking)).problems())
                            .singleElement()
                            .isInstanceOf(CertificateProblem.Revoked.class);
                    assertThat(causes(mail, checking)).containsExactly("cert-revoked");
                } else {
                    assertThat(causes(mail, checking))
                            .isEqualTo(status == Status.GOOD ? List.of() : List.of("cert-status-unknown"));
                }
                if (status == Status.UNKNOWN) {
                    assertThat(causes(mail, requiring)).containsExactly("cert-status-unknown");
                }
                assertThat(checks.logText()).contains("For POST http://127.0.0.1", "bytes of application/ocsp-request");
            }
        }
    }

    private static Revocation revocation(CheckResult result) {
        return facts(result).revocations().getFirst();
    }

    private static TlsFacts facts(CheckResult result) {
        return result.timeline().latest(TlsFacts.class).orElseThrow();
    }

    private static List<String> causes(ScriptedServer mail, CheckResult result) {
        Endpoint endpoint = endpoint(mail, RevocationPolicy.CHECK);
        return Diagnosis.of(endpoint, result.timeline()).stream()
                .map(Finding::cause)
                .map(cause -> cause.code())
                .toList();
    }

    @Test
    void nobodyIsAskedUnlessTheSettingsWantIt() throws Exception {
        try (checks;
                ScriptedServer issuer = ScriptedServer.of(ScriptedServer.Peer::ignore);
                ScriptedServer mail = mail(leaf(issuer))) {
            CheckResult result = checks.run(endpoint(mail, RevocationPolicy.STAPLED));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(facts(result).revocations()).isEmpty();
            assertThat(issuer.connections()).isZero();
        }
    }

    @Test
    void aCertificateThatNamesNobodyIsUnknown() throws Exception {
        try (checks;
                ScriptedServer mail = mail(AUTHORITY.leaf("127.0.0.1").issue())) {
            assertThat(checks.run(endpoint(mail, RevocationPolicy.CHECK)).outcome())
                    .isEqualTo(CheckOutcome.READY);
            assertThat(((Failure.CertificateRejected) failure(checks.run(endpoint(mail, RevocationPolicy.REQUIRE))))
                            .problems())
                    .containsExactly(new CertificateProblem.RevocationUnknown(
                            0, "CN=127.0.0.1", "the certificate names no address to ask over HTTP"));
        }
    }

    @Test
    void anAuthorityBetweenIsAskedAboutToo() throws Exception {
        var above = new CompletableFuture<IssuedCertificate>();
        try (checks;
                ScriptedServer issuer = issuer(above, ocsp(Issuer.revoked()), words(""))) {
            IssuedCertificate between = AUTHORITY
                    .intermediate("Between")
                    .extension(
                            Extension.authorityInfoAccess.getId(),
                            false,
                            Issuer.responders("http://127.0.0.1:" + issuer.port()))
                    .issue();
            above.complete(between);
            try (ScriptedServer mail = mail(between.leaf("127.0.0.1").issue())) {
                CheckResult result = checks.run(endpoint(mail, RevocationPolicy.CHECK));

                assertThat(facts(result).revocations())
                        .extracting(Revocation::link, Revocation::status)
                        .containsExactly(tuple(0, Status.UNKNOWN), tuple(1, Status.REVOKED));
                assertThat(causes(mail, result)).containsExactly("cert-revoked");
            }
        }
    }

    @Test
    void goesThroughTheProxyOfTheAccount() throws Exception {
        var made = new CompletableFuture<IssuedCertificate>();
        try (checks;
                ScriptedServer issuer = issuer(made, ocsp(Issuer.GOOD), words(""))) {
            IssuedCertificate leaf = leaf(issuer);
            made.complete(leaf);
            try (ScriptedServer mail = mail(leaf);
                    ScriptedServer proxy = ScriptedServer.of(peer -> {
                        var client = new ScriptedProxy(peer);
                        client.socks5Method(0);
                        String destination = client.socks5Connect(0);
                        peer.note(destination);
                        client.relay(destination.endsWith(":" + mail.port()) ? mail : issuer);
                    })) {
                CheckResult result = checks.run(endpoint(mail, RevocationPolicy.REQUIRE)
                        .withProxy(Optional.of(ProxySettings.of(ProxyKind.SOCKS5, proxy.host())
                                .withPort(OptionalInt.of(proxy.port())))));

                assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
                assertThat(proxy.heard()).contains("127.0.0.1:" + mail.port(), "127.0.0.1:" + issuer.port());
                assertThat(issuer.connections()).isEqualTo(1);
            }
        }
    }

    @Test
    void anIssuerThatStaysSilentEndsWithItsDeadline() throws Exception {
        ManualTimer timer = new ManualTimer();
        try (Checks timed = new Checks(new Network(AddressLookup.system(), ByteCaps.defaults(), timer));
                ScriptedServer issuer = ScriptedServer.of(peer -> {
                    peer.hear();
                    timer.elapseLast();
                    peer.ignore();
                });
                ScriptedServer mail = mail(leaf(issuer))) {
            CheckResult result = timed.run(endpoint(mail, RevocationPolicy.CHECK));

            assertThat(revocation(result).detail()).isEqualTo("no answer came (it stayed silent)");
            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
        } finally {
            checks.close();
        }
    }

    @Test
    void aCancelEndsTheAsking() throws Exception {
        Cancellation cancellation = new Cancellation();
        try (checks;
                ScriptedServer issuer = ScriptedServer.of(peer -> {
                    peer.hear();
                    cancellation.cancel();
                    peer.ignore();
                });
                ScriptedServer mail = mail(leaf(issuer))) {
            CheckResult result =
                    checks.run(endpoint(mail, RevocationPolicy.CHECK), CheckOptions.complete(), cancellation);

            assertThat(result.outcome()).isEqualTo(CheckOutcome.CANCELLED);
            assertThat(failure(result)).isEqualTo(new Failure.Cancelled(Phase.TLS));
            assertThat(mail.heard()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsVersion.class,
            names = {"TLS_1_0", "TLS_1_1"})
    void theSecondTlsStackAsksToo(TlsVersion version) throws Exception {
        var made = new CompletableFuture<IssuedCertificate>();
        try (checks;
                ScriptedServer issuer = issuer(made, ocsp(Issuer.revoked()), words(""))) {
            IssuedCertificate leaf = AUTHORITY
                    .leaf("127.0.0.1")
                    .rsa(2048)
                    .extension(
                            Extension.authorityInfoAccess.getId(),
                            false,
                            Issuer.responders("http://127.0.0.1:" + issuer.port()))
                    .issue();
            made.complete(leaf);
            try (ScriptedServer mail = ScriptedServer.of(peer -> {
                peer.startTls(version == TlsVersion.TLS_1_0 ? OldTls.version10(leaf) : OldTls.version11(leaf));
                speakImap(peer);
            })) {
                Endpoint endpoint = endpoint(mail, RevocationPolicy.CHECK);
                CheckResult result = checks.run(endpoint.withTls(endpoint.tls().withVersions(EnumSet.of(version))));

                assertThat(causes(mail, result)).contains("cert-revoked");
                assertThat(mail.heard()).isEmpty();
            }
        }
    }

    @Test
    void aDemandForAStapledAnswerThatIsNotMetIsAWarning() throws Exception {
        IssuedCertificate leaf = AUTHORITY
                .leaf("127.0.0.1")
                .extension("1.3.6.1.5.5.7.1.24", false, new DERSequence(new ASN1Integer(5)))
                .issue();
        try (checks;
                ScriptedServer mail = mail(leaf)) {
            CheckResult result = checks.run(endpoint(mail, RevocationPolicy.STAPLED));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(facts(result).stapleMissing()).isTrue();
            assertThat(causes(mail, result)).containsExactly("cert-status-unknown");
        }
    }
}
