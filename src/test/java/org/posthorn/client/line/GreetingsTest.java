package org.posthorn.client.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Protocol;

class GreetingsTest {
    @ParameterizedTest
    @CsvSource({
        "* OK ready, IMAP",
        "* PREAUTH welcome, IMAP",
        "* bye gone, IMAP",
        "+OK ready, POP3",
        "-ERR busy, POP3",
        "220 mail.test ESMTP, SMTP",
        "220-mail.test, SMTP",
        "421 busy, SMTP",
        "554 no, SMTP",
        "220 FTP server ready, FTP",
        "220 mail.test ESMTP to FTP gateway, SMTP",
        "HTTP/1.1 400 Bad Request, HTTP",
        "<!DOCTYPE html>, HTTP",
        "<html>, HTTP",
        "SSH-2.0-OpenSSH_9.2, SSH",
        "'\"IMPLEMENTATION\" \"Dovecot\"', ManageSieve"
    })
    void namesWhoSpeaks(String line, String spoken) {
        assertThat(Greetings.spoken(line)).contains(spoken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "OK", "hello", "*OK", "22", "\u0015\u0003\u0003"})
    void namesNobodyWhenNothingIsKnown(String line) {
        assertThat(Greetings.spoken(line)).isEmpty();
    }

    @Test
    void tellsNothingOfTheProtocolThatWasMeant() {
        assertThat(Greetings.otherThan(Protocol.IMAP, "* OK ready")).isEmpty();
        assertThat(Greetings.otherThan(Protocol.POP3, "* OK ready")).isEqualTo(Optional.of("IMAP"));
    }
}
