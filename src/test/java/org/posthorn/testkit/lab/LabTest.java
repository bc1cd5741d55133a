package org.posthorn.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lab itself: every server is there and behaves as its name says. */
@WithLab
class LabTest {

    private static final int READ_MILLIS = 10_000;
    private static final Map<String, String> REFUSALS = Map.of("exim@reject554", "554 ", "exim@busy421", "421 ");

    @TestFactory
    Stream<DynamicTest> everyServerGreets(Lab lab) {
        return lab.names().stream()
                .flatMap(name -> greetingPorts(name)
                        .map(port -> dynamicTest(name + " " + port, () -> {
                            try (Dialog dialog = new Dialog(lab.named(name), port)) {
                                assertThat(dialog.line()).startsWith(REFUSALS.getOrDefault(name, opening(port)));
                            }
                        })));
    }

    @ParameterizedTest
    @CsvSource({
        "dovecot, imap, a LOGIN alice secret, a OK ",
        "dovecot@tlsrequired, imap, a LOGIN alice secret, * BAD [ALERT] ",
        "dovecot@crammd5only, imap, a LOGIN alice secret, a NO [ALERT] Unsupported",
        "dovecot@authdown, imap, a LOGIN alice secret, a NO [UNAVAILABLE] ",
        "dovecot@plainonly, imap, a STARTTLS, a BAD ",
        "dovecot, imap, a LOGIN suspended secret, a NO [CONTACTADMIN] ",
        "dovecot, pop3, STLS, +OK ",
        "exim, smtp, AUTH PLAIN AGFsaWNlAHNlY3JldA==, 235 ",
        "exim@noauth, smtp, AUTH PLAIN AGFsaWNlAHNlY3JldA==, 503 ",
        "exim@tlsrequired, smtp, AUTH PLAIN AGFsaWNlAHNlY3JldA==, 503 ",
        "exim@authdown, smtp, AUTH PLAIN AGFsaWNlAHNlY3JldA==, 435 ",
        "exim@notls, smtp, STARTTLS, 503 ",
        "postfix, smtp, AUTH PLAIN AGFsaWNlAHNlY3JldA==, 235 ",
        "postfix@noauth, smtp, AUTH PLAIN AGFsaWNlAHNlY3JldA==, 503 ",
        "postfix@tlsrequired, smtp, AUTH PLAIN AGFsaWNlAHNlY3JldA==, 503 ",
        "postfix@notls, smtp, STARTTLS, 502 ",
        "fault, stripped-imap, a STARTTLS, a BAD ",
        "fault, stripped-pop3, STLS, -ERR ",
        "fault, stripped-smtp, STARTTLS, 500 ",
    })
    void answersAsItsVariantSays(String name, String port, String command, String answer, Lab lab) throws Exception {
        try (Dialog dialog = new Dialog(lab.named(name), port)) {
            dialog.line();
            if (port.contains("smtp")) {
                dialog.ehlo();
            }
            dialog.send(command);
            assertThat(dialog.line()).startsWith(answer);
        }
    }

    @ParameterizedTest
    @CsvSource({"imap, a STARTTLS, * CAPABILITY", "pop3, STLS, +OK injected", "smtp, STARTTLS, 250-injected"})
    void sendsMoreAfterTheConsentToTls(String protocol, String command, String more, Lab lab) throws Exception {
        try (Dialog dialog = new Dialog(lab.server("fault"), "injected-" + protocol)) {
            dialog.line();
            if (protocol.equals("smtp")) {
                dialog.ehlo();
            }
            dialog.send(command);
            dialog.line();
            assertThat(dialog.line()).startsWith(more);
        }
    }

    @ParameterizedTest
    @CsvSource({"imaps, dovecot", "pop3s, dovecot", "smtps, exim", "smtps, postfix"})
    void showsACertificateThatHoldsBeforeTheRoot(String port, String service, Lab lab) throws Exception {
        assertThat(TlsHandshake.version(lab, lab.server(service), port)).isEqualTo("TLSv1.3");
        assertThat(TlsHandshake.version(lab, lab.server(service, "tls12only"), port))
                .isEqualTo("TLSv1.2");
    }

    @ParameterizedTest
    @CsvSource({
        "expired, CertificateExpiredException",
        "notyet, CertificateNotYetValidException",
        "wronghost, No subject alternative DNS name matching mail.test",
        "untrusted, unable to find valid certification path",
        "nointer, unable to find valid certification path",
        "selfsigned, unable to find valid certification path",
    })
    void showsACertificateThatDoesNot(String certificate, String reason, Lab lab) {
        for (String service : List.of("dovecot", "exim", "postfix")) {
            LabServer server = lab.server(service, "cert-" + certificate);
            assertThatThrownBy(() -> TlsHandshake.version(lab, server, service.equals("dovecot") ? "imaps" : "smtps"))
                    .as(server.name())
                    .hasStackTraceContaining(reason);
        }
    }

    @Test
    void namesWhatItDoesNotHave(Lab lab) {
        assertThatThrownBy(() -> lab.server("dovecot", "nonsense"))
                .hasMessageContaining("there is no lab server dovecot@nonsense");
    }

    @Test
    void endsItsServersWithItself() throws Exception {
        LabServer server;
        try (Lab ownLab = Lab.start()) {
            server = ownLab.server("exim");
        }
        assertThatThrownBy(() -> new Socket(server.host(), server.port("smtp")).close())
                .isInstanceOf(ConnectException.class);
    }

    private static Stream<String> greetingPorts(String name) {
        String service = name.replaceFirst("@.*", "");
        return switch (service) {
            case "dovecot" -> Stream.of("imap", "pop3");
            case "exim" -> Stream.of("submission");
            case "postfix" -> Stream.of("smtp", "submission");
            case "fault" -> Stream.of("slow-imap", "slow-pop3", "slow-smtp");
            // They wait for a request.
            case "keycloak", "krb5", "dante", "microsocks", "tinyproxy", "squid", "issuer" -> Stream.of();
            default -> throw new IllegalStateException("Which ports of " + service + " greet in plain?");
        };
    }

    private static String opening(String port) {
        return port.endsWith("imap") ? "* OK " : port.endsWith("pop3") ? "+OK " : "220 ";
    }

    /** Lines to and fro over a plain socket. */
    private static final class Dialog implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader reader;

        Dialog(LabServer server, String port) throws IOException {
            socket = new Socket(server.host(), server.port(port));
            socket.setSoTimeout(READ_MILLIS);
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        String line() throws IOException {
            return String.valueOf(reader.readLine());
        }

        void send(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }

        void ehlo() throws IOException {
            send("EHLO client.test");
            String reply = line();
            while (reply.startsWith("250-")) {
                reply = line();
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
