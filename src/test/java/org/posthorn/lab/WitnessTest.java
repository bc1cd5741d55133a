package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.TlsMode;
import org.posthorn.client.CheckResult;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.timeline.CertificateFacts;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.TlsFacts;

/** What is told of a server, beside what clients see that have nothing in common with this one: Python's and OpenSSL's. */
@WithLab
@ExtendWith(NothingLeft.class)
class WitnessTest {
    private static final Path WITNESS = Path.of("src/test/lab/bin/witness").toAbsolutePath();
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

    private final Lab lab;
    private final LabChecks checks;

    WitnessTest(Lab lab) {
        this.lab = lab;
        this.checks = new LabChecks(lab);
    }

    @AfterEach
    void endTheChecks() {
        checks.close();
    }

    static Stream<Arguments> ways() {
        return Stream.of(Service.values())
                .flatMap(service -> Stream.of(TlsMode.NONE, TlsMode.STARTTLS, TlsMode.IMPLICIT)
                        .map(mode -> arguments(service, mode)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void seesTheCapabilitiesThatPythonSees(Service service, TlsMode mode) throws Exception {
        Endpoint endpoint = endpoint(service, mode);

        CheckResult result = checks.run(endpoint);

        String seen = output(
                WITNESS.toString(),
                service.protocol().word(),
                endpoint.host(),
                String.valueOf(endpoint.effectivePort()),
                mode.word(),
                lab.certificate("root").toString(),
                "alice",
                "secret");
        assertThat(seen).contains("AFTER_LOGIN");
        for (Facts.Stage stage : Facts.Stage.values()) {
            assertThat(result.timeline().capabilities(stage).stream().map(c -> c.toUpperCase(Locale.ROOT)))
                    .as(stage.name())
                    .containsExactlyInAnyOrderElementsOf(of(stage, seen));
        }
    }

    static Stream<Arguments> waysToTls() {
        return ways().filter(way -> way.get()[1] != TlsMode.NONE);
    }

    @ParameterizedTest
    @MethodSource("waysToTls")
    void seesTheHandshakeThatOpensslSees(Service service, TlsMode mode) throws Exception {
        Endpoint endpoint = endpoint(service, mode);
        List<String> command = new ArrayList<>(List.of(
                "openssl", "s_client", "-showcerts", "-connect", endpoint.host() + ":" + endpoint.effectivePort()));
        if (mode == TlsMode.STARTTLS) {
            command.addAll(List.of("-starttls", service.protocol().word()));
        }

        TlsFacts told = checks.run(endpoint).timeline().latest(TlsFacts.class).orElseThrow();
        String seen = output(command.toArray(String[]::new));

        assertThat(seen)
                .contains("New, " + told.version().orElseThrow() + ", Cipher is "
                        + told.cipher().orElseThrow());
        List<X509Certificate> chain = certificates(seen);
        assertThat(told.certificates()).hasSameSizeAs(chain);
        for (int link = 0; link < chain.size(); link++) {
            assertSame(told.certificates().get(link), chain.get(link));
        }
        assertThat(told.certificates().getFirst().names()).contains("mail.test", "localhost", "127.0.0.1", "127.0.0.2");
    }

    private static void assertSame(CertificateFacts told, X509Certificate seen) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(seen.getEncoded());
        assertThat(told.sha256()).isEqualTo(HexFormat.of().formatHex(digest));
        assertThat(told.notBefore()).isEqualTo(seen.getNotBefore().toInstant());
        assertThat(told.notAfter()).isEqualTo(seen.getNotAfter().toInstant());
        assertThat(told.serial()).isEqualTo(seen.getSerialNumber().toString(16));
        assertThat(told.key()).isEqualTo("EC secp256r1");
    }

    private Endpoint endpoint(Service service, TlsMode mode) {
        String port = mode == TlsMode.IMPLICIT ? service.tlsPort() : service.plainPort();
        return checks.endpoint(service.in(lab), port, mode);
    }

    private static List<String> of(Facts.Stage stage, String seen) {
        String start = stage + "\t";
        return seen.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()).toUpperCase(Locale.ROOT))
                .toList();
    }

    private static List<X509Certificate> certificates(String text) throws Exception {
        List<X509Certificate> all = new ArrayList<>();
        Matcher pem = PEM.matcher(text);
        while (pem.find()) {
            all.add((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.group().getBytes(StandardCharsets.US_ASCII))));
        }
        return all;
    }

    /** What a program prints that is given no input. */
    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
