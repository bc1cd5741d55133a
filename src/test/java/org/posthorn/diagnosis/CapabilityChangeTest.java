package org.posthorn.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.timeline.Facts.Stage;

class CapabilityChangeTest {
    private static List<Finding> findings(Protocol protocol, String before, String under) {
        return Diagnosis.of(
                Endpoint.of(protocol, "mail.example.org").withSecurity(TlsMode.STARTTLS),
                Timelines.connected(143)
                        .announced(Stage.BEFORE_TLS, before.split("; ", -1))
                        .starttls()
                        .tls()
                        .announced(Stage.AFTER_TLS, under.split("; ", -1))
                        .ready());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        IMAP | IMAP4rev1; IDLE; STARTTLS; LOGINDISABLED   | IMAP4rev1; SASL-IR; IDLE; AUTH=PLAIN; AUTH=LOGIN
        IMAP | IMAP4rev1; AUTH=PLAIN; STARTTLS            | imap4rev1; auth=plain
        IMAP | STARTTLS; IDLE                             | IDLE
        POP3 | CAPA; STLS; UIDL; SASL                     | CAPA; UIDL; USER; SASL PLAIN LOGIN
        SMTP | PIPELINING; SIZE 5000; STARTTLS            | SIZE 5000; PIPELINING; AUTH PLAIN LOGIN; AUTH=PLAIN LOGIN
        """)
    void whatTlsExplainsIsNotWorthAWord(Protocol protocol, String before, String under) {
        assertThat(findings(protocol, before, under)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        IMAP | IDLE; STARTTLS; XSHINY         | IDLE              | XSHINY  |
        IMAP | idle; StartTls; XShiny; Auth=Scram-SHA-1 | IDLE    | XShiny, AUTH=Scram-SHA-1 |
        IMAP | IDLE; STARTTLS                 | IDLE; COMPRESS=DEFLATE |    | COMPRESS=DEFLATE
        POP3 | UIDL; TOP; STLS                | UIDL; PIPELINING  | TOP     | PIPELINING
        SMTP | SIZE 5000; STARTTLS            | SIZE 100          | SIZE 5000 | SIZE 100
        SMTP | DSN; AUTH SCRAM-SHA-1; STARTTLS | DSN; AUTH PLAIN  | AUTH=SCRAM-SHA-1 |
        """)
    void whatVanishesOrAppearsIsNamed(Protocol protocol, String before, String under, String gone, String appeared) {
        List<Finding> findings = findings(protocol, before, under);

        assertThat(findings).extracting(Finding::cause).containsExactly(Cause.CAPABILITIES_CHANGED);
        assertThat(findings.getFirst().severity()).isEqualTo(Severity.INFO);
        List<String> evidence =
                findings.getFirst().evidence().stream().map(Evidence::text).toList();
        assertThat(evidence.contains("Offered before TLS only: " + gone)).isEqualTo(gone != null);
        assertThat(evidence.contains("Offered under TLS only: " + appeared)).isEqualTo(appeared != null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        IMAP | IDLE; STARTTLS; AUTH=PLAIN       | IDLE; AUTH=SCRAM-SHA-256
        POP3 | STLS; SASL PLAIN                 | SASL SCRAM-SHA-256
        POP3 | STLS; USER; UIDL                 | SASL PLAIN; UIDL
        SMTP | DSN; AUTH PLAIN CRAM-MD5; STARTTLS | DSN; AUTH CRAM-MD5
        """)
    void aLoginInPlaintextThatIsWithheldUnderTlsIsAWarning(Protocol protocol, String before, String under) {
        Finding finding = findings(protocol, before, under).getFirst();

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.field()).contains(Field.SECURITY);
        assertThat(finding.admin()).containsPattern("^(AUTH=PLAIN|USER) stood among the capabilities");
    }

    @ParameterizedTest
    @CsvSource({"IMAP, STARTTLS", "POP3, STLS", "SMTP, STARTTLS"})
    void anOfferToStartTlsOnceMoreIsNamed(Protocol protocol, String offer) {
        List<Finding> findings = findings(protocol, offer + "; X", offer + "; X");

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.user()).contains("although it is in force");
            assertThat(finding.evidence()).extracting(Evidence::text).contains("Capabilities: " + offer + ", X");
        });
    }

    @Test
    void aListThatWasNotSeenIsNotCompared() {
        Endpoint endpoint = Endpoint.of(Protocol.IMAP, "mail.example.org");
        assertThat(Diagnosis.of(
                        endpoint,
                        Timelines.connected(993)
                                .tls()
                                .announced(Stage.AFTER_TLS, "IDLE")
                                .ready()))
                .isEmpty();
    }
}
