package org.posthorn.desktop.viewmodel.capabilities;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.posthorn.account.Protocol;

class CapabilityRegistryTest {
    private final CapabilityRegistry registry = new CapabilityRegistry();

    @Test
    void knowsCapabilitiesInTheFormOfTheirProtocol() {
        assertThat(rfc(Protocol.IMAP, "idle")).isEqualTo("RFC 2177");
        assertThat(rfc(Protocol.IMAP, "QUOTA=RES-STORAGE")).isEqualTo("RFC 9208");
        assertThat(rfc(Protocol.IMAP, "APPENDLIMIT=35651584")).isEqualTo("RFC 7889");
        assertThat(rfc(Protocol.POP3, "SASL PLAIN LOGIN")).isEqualTo("RFC 5034");
        assertThat(rfc(Protocol.POP3, "LOGIN-DELAY 900 USER")).isEqualTo("RFC 2449");
        assertThat(rfc(Protocol.SMTP, "SIZE 35882577")).isEqualTo("RFC 1870");
        assertThat(rfc(Protocol.SMTP, "AUTH PLAIN LOGIN")).isEqualTo("RFC 4954");
        assertThat(rfc(Protocol.SMTP, "8BITMIME")).isEqualTo("RFC 6152");
    }

    @Test
    void explainsTheMechanismOfAnAuthCapability() {
        assertThat(rfc(Protocol.IMAP, "AUTH=SCRAM-SHA-256")).isEqualTo("RFC 7677");
        assertThat(rfc(Protocol.IMAP, "AUTH=X-OWN")).isEqualTo("RFC 9051");
        assertThat(rfc(Protocol.SMTP, "AUTH=PLAIN LOGIN")).isEqualTo("RFC 4954");
    }

    @Test
    void aNameOfOneProtocolMeansNothingInAnother() {
        assertThat(registry.meaning(Protocol.SMTP, "IDLE")).isEmpty();
        assertThat(registry.meaning(Protocol.IMAP, "XYZZY")).isEmpty();
        assertThat(registry.meaning(Protocol.IMAP, "")).isEmpty();
    }

    @Test
    void everyEntryHasAMeaningAndASource() throws IOException {
        Properties entries = new Properties();
        try (var file =
                Objects.requireNonNull(CapabilityRegistry.class.getResourceAsStream("capabilities.properties"))) {
            entries.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        }

        assertThat(entries).hasSizeGreaterThan(150);
        assertThat(entries.stringPropertyNames())
                .allMatch(name -> name.matches("(imap|pop3|smtp|sasl)\\.[A-Z0-9+=-]+"))
                .allMatch(name -> entries.getProperty(name).matches("[^|]{8,90} \\| [^|]{4,}"));
    }

    private String rfc(Protocol protocol, String capability) {
        return registry.meaning(protocol, capability).map(Meaning::rfc).orElse("");
    }
}
