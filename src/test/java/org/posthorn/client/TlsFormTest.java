package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;

class TlsFormTest {
    @ParameterizedTest
    @CsvSource({
        "IMAP, NONE, 0, NONE 143", "IMAP, IMPLICIT, 0, IMPLICIT 993", "IMAP, STARTTLS, 0, STARTTLS 143",
        "POP3, IMPLICIT, 0, IMPLICIT 995", "POP3, STARTTLS, 0, STARTTLS 110", "SMTP, IMPLICIT, 0, IMPLICIT 465",
        "SMTP, STARTTLS, 0, STARTTLS 587", "SMTP, STARTTLS, 2525, STARTTLS 2525"
    })
    void isTheOneAskedFor(Protocol protocol, TlsMode security, int port, String form) {
        assertThat(forms(protocol, security, port)).containsExactly(form);
    }

    @ParameterizedTest
    @CsvSource({
        "IMAP, 0, IMPLICIT 993, STARTTLS 143", "IMAP, 993, IMPLICIT 993, STARTTLS 993",
        "IMAP, 143, STARTTLS 143, IMPLICIT 143", "IMAP, 1430, IMPLICIT 1430, STARTTLS 1430",
        "POP3, 0, IMPLICIT 995, STARTTLS 110", "POP3, 110, STARTTLS 110, IMPLICIT 110",
        "SMTP, 0, IMPLICIT 465, STARTTLS 587", "SMTP, 587, STARTTLS 587, IMPLICIT 587",
        "SMTP, 25, STARTTLS 25, IMPLICIT 25"
    })
    @DisplayName("security_options: both forms of TLS are tried in the order of the port")
    void areBothInTheOrderOfThePort(Protocol protocol, int port, String first, String second) {
        assertThat(forms(protocol, TlsMode.ANY_TLS, port)).containsExactly(first, second);
        assertThat(forms(protocol, TlsMode.AUTO, port)).containsExactly(first, second);
    }

    @ParameterizedTest
    @CsvSource({"AUTO, true", "ANY_TLS, false", "STARTTLS, false"})
    void thinksOfPlaintextInAutoAlone(TlsMode security, boolean fallback) {
        assertThat(TlsForm.of(endpoint(Protocol.IMAP, security, 0)))
                .filteredOn(form -> form.kind() == TlsMode.STARTTLS)
                .allMatch(form -> form.plaintextFallback() == fallback);
    }

    private static List<String> forms(Protocol protocol, TlsMode security, int port) {
        return TlsForm.of(endpoint(protocol, security, port)).stream()
                .map(form -> form.kind() + " " + form.port())
                .toList();
    }

    private static Endpoint endpoint(Protocol protocol, TlsMode security, int port) {
        Endpoint endpoint = Endpoint.of(protocol, "mail.test").withSecurity(security);
        return port == 0 ? endpoint : endpoint.withPort(port);
    }
}
