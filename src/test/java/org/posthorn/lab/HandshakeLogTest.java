package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.ClientCertificate;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;
import org.posthorn.account.Trust;
import org.posthorn.client.CheckOptions;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.timeline.Phase;
import org.posthorn.wire.Direction;
import org.posthorn.wire.WireEvent;

/** What the log says of a handshake, beside what OpenSSL writes down of the same one at its other end. */
@WithLab
@ExtendWith(NothingLeft.class)
class HandshakeLogTest {
    private static final CheckOptions TO_TLS = new CheckOptions(true, Optional.of(Phase.TLS));

    private final Lab lab;
    private final Checks checks = new Checks();

    HandshakeLogTest(Lab lab) {
        this.lab = lab;
    }

    @AfterEach
    void endTheChecks() {
        checks.close();
    }

    @ParameterizedTest
    @EnumSource
    void namesTheMessagesThatOpensslNames(TlsVersion version) throws Exception {
        OpensslServer.Seen seen = handshake(only(version), "-cipher", "DEFAULT:@SECLEVEL=0");

        assertThat(seen.messages("Received")).as(seen.toString()).contains("Finished");
        assertThat(said("→")).as(seen.toString()).isEqualTo(seen.messages("Received"));
        assertThat(said("←")).as(seen.toString()).isEqualTo(seen.messages("Sent"));
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void namesThemWithAClientCertificate(TlsVersion version) throws Exception {
        ClientCertificate alice = new ClientCertificate(lab.certificate("alice"), Secret.of(""));

        OpensslServer.Seen seen = handshake(
                settings -> only(version).apply(settings).withClientCertificate(Optional.of(alice)),
                "-Verify",
                "1",
                "-CAfile",
                lab.certificate("root").toString());

        assertThat(seen.messages("Sent")).as(seen.toString()).contains("CertificateRequest");
        assertThat(seen.messages("Received")).as(seen.toString()).contains("CertificateVerify");
        assertThat(said("→")).as(seen.toString()).isEqualTo(seen.messages("Received"));
        assertThat(said("←")).as(seen.toString()).isEqualTo(seen.messages("Sent"));
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void namesThemAlsoWhenTheCertificateIsRefused(TlsVersion version) throws Exception {
        OpensslServer.Seen seen =
                handshake(settings -> only(version).apply(settings).withTrust(Trust.builtIn()));

        assertThat(said("→"))
                .as(seen.toString())
                .isEqualTo(seen.messages("Received"))
                .endsWith("alert fatal certificate_unknown");
        assertThat(seen.messages("Sent")).startsWith(said("←").toArray(String[]::new));
        assertThat(said("←")).last().isIn("Certificate", "ServerHelloDone");
    }

    @Test
    void namesTheAlertOfAServerThatWantsACertificate() throws Exception {
        OpensslServer.Seen seen = handshake(
                only(TlsVersion.TLS_1_2),
                "-Verify",
                "1",
                "-CAfile",
                lab.certificate("root").toString());

        assertThat(said("←"))
                .as(seen.toString())
                .isEqualTo(seen.messages("Sent"))
                .last()
                .isEqualTo("alert fatal handshake_failure");
    }

    /** With one stack for each of the two. */
    @ParameterizedTest
    @EnumSource(names = {"TLS_1_1", "TLS_1_3"})
    void readsTheHellosAsOpensslDoes(TlsVersion other) throws Exception {
        Set<TlsVersion> offered = EnumSet.of(TlsVersion.TLS_1_2, other);

        OpensslServer.Seen seen = handshake(settings -> settings.withVersions(offered));

        String hello = line("→ ClientHello");
        assertThat(hello)
                .as(seen.toString())
                .startsWith("→ ClientHello (" + seen.length("ClientHello") + " bytes)")
                .contains("SNI localhost");
        assertThat(seen.below("extension_type=server_name").getFirst()).endsWith("localhost");
        assertThat(field(hello, "cipher suites"))
                .isEqualTo(words(seen.below("cipher_suites"), line -> line.split(" ", -1)[2]));
        assertThat(field(hello, "groups"))
                .isEqualTo(words(seen.below("extension_type=supported_groups"), HandshakeLogTest::group));
        // OpenSSL has no name for a few, and none of those is one that anybody negotiates.
        assertThat(field(hello, "signature algorithms"))
                .zipSatisfy(
                        words(seen.below("extension_type=signature_algorithms("), line -> line.split(" ", -1)[0]),
                        (told, name) -> assertThat(name).isIn(told, "UNKNOWN"));
    }

    @Test
    void readsWhatOnlyTls13SaysAsOpensslDoes() throws Exception {
        OpensslServer.Seen seen = handshake(only(TlsVersion.TLS_1_3));

        String hello = line("→ ClientHello");
        assertThat(field(hello, "versions"))
                .isEqualTo(words(
                        seen.below("extension_type=supported_versions"),
                        line -> line.replaceFirst("TLS ([0-9.]+) .*", "TLSv$1")));
        assertThat(field(hello, "key shares"))
                .isEqualTo(words(
                        seen.below("extension_type=key_share").stream()
                                .filter(line -> line.startsWith("NamedGroup: "))
                                .toList(),
                        line -> group(line.substring("NamedGroup: ".length()))));
        assertThat(line("← ServerHello"))
                .startsWith("← ServerHello (" + seen.length("ServerHello") + " bytes): TLSv1.3, "
                        + seen.lines().stream()
                                .filter(line -> line.strip().startsWith("cipher_suite {"))
                                .findFirst()
                                .orElseThrow()
                                .replaceFirst(".* ", ""));
    }

    private OpensslServer.Seen handshake(UnaryOperator<TlsSettings> settings, String... options) throws IOException {
        try (OpensslServer server = OpensslServer.start(lab, options)) {
            TlsSettings trusting =
                    TlsSettings.defaults().withTrust(Trust.builtIn().withAuthorities(lab.certificate("root")));
            checks.run(
                    Endpoint.of(Protocol.IMAP, "localhost")
                            .withPort(server.port())
                            .withSecurity(TlsMode.IMPLICIT)
                            .withTls(settings.apply(trusting)),
                    TO_TLS);
            return server.seen();
        }
    }

    private static UnaryOperator<TlsSettings> only(TlsVersion version) {
        return settings -> settings.withVersions(EnumSet.of(version));
    }

    private List<String> lines() {
        return checks.events().stream()
                .filter(event -> event.direction() == Direction.TLS)
                .map(WireEvent::text)
                .toList();
    }

    private String line(String start) {
        return lines().stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError(lines().toString()));
    }

    /** The messages of one direction by their names alone, with the alerts that end it. */
    private List<String> said(String arrow) {
        return lines().stream()
                .filter(line -> line.startsWith(arrow + " "))
                .map(line -> line.substring(2).replaceFirst("( \\(|:|,).*", ""))
                .filter(name -> !name.startsWith("encrypted ") && !name.equals("change_cipher_spec"))
                .filter(name -> !name.startsWith("alert warning") && !name.equals("NewSessionTicket"))
                .toList();
    }

    /** The values behind a name in the line of a hello. */
    private static List<String> field(String line, String name) {
        return Stream.of(line.split("[:;] ", -1))
                .filter(part -> part.startsWith(name + " "))
                .flatMap(part -> Stream.of(part.substring(name.length() + 1).split(", ", -1)))
                .toList();
    }

    private static List<String> words(List<String> lines, UnaryOperator<String> word) {
        return lines.stream().map(word).toList();
    }

    /** The registered name in such as {@code ecdh_x25519 (29)}. */
    private static String group(String line) {
        return line.split(" ", 2)[0].replace("ecdh_", "");
    }
}
