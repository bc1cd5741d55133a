package org.posthorn.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.Timeline;

/** Answers that at first sight mean something else. */
class MisleadingAnswersTest {
    private static final Login ALICE = Login.password("alice", Secret.of("secret"));

    private static Endpoint endpoint(Protocol protocol, Login login) {
        return Endpoint.of(protocol, "mail.example.org").withLogin(login);
    }

    private static Cause cause(Protocol protocol, Login login, Timeline timeline) {
        return Diagnosis.of(endpoint(protocol, login), timeline).getFirst().cause();
    }

    private static Failure rejected(String mechanism, boolean announced, String text) {
        return new Failure.LoginRejected(mechanism, announced, text, Optional.empty(), Optional.empty());
    }

    @Test
    void aServerThatTakesItsLeaveInPlaceOfAHandshakeIsBrokenAndNoAttack() {
        for (String leave :
                List.of("* BYE TLS initialization failed.", "-ERR [SYS/TEMP] no", "421 4.0.0 bye", "454 no")) {
            assertThat(cause(
                            Protocol.IMAP,
                            ALICE,
                            Timelines.connected(143).starttls().failed(new Failure.StarttlsInjection(leave))))
                    .isEqualTo(Cause.STARTTLS_SERVER_BROKEN);
        }
    }

    @Test
    void aLoginWithoutTheClientCertificateIsNoWrongPassword() {
        assertThat(cause(
                        Protocol.IMAP,
                        ALICE,
                        Timelines.connected(143)
                                .starttls()
                                .tls()
                                .failed(rejected(
                                        "PLAIN", true, "a3 NO [ALERT] Client didn't present valid SSL certificate"))))
                .isEqualTo(Cause.CLIENT_CERTIFICATE_REQUIRED);
    }

    @Test
    void externalThatIsRefusedIsNoWrongPassword() {
        assertThat(cause(
                        Protocol.IMAP,
                        new Login.Password("alice", Secret.of(""), SaslSettings.of("EXTERNAL")),
                        Timelines.connected(993).tls().failed(rejected("EXTERNAL", true, "a3 NO failed"))))
                .isEqualTo(Cause.CLIENT_CERTIFICATE_REQUIRED);
    }

    @Test
    void plaintextThatIsAllowedIsNoSuccessOfStarttls() {
        Timeline timeline = Timelines.connected(2143)
                .nextAttempt(new Failure.TlsNotSpoken("* OK ready"))
                .greeted("* OK ready")
                .ok(Phase.STARTTLS, new Facts.StarttlsAnswer(Optional.empty()))
                .ready();

        assertThat(Diagnosis.of(endpoint(Protocol.IMAP, ALICE).withSecurity(TlsMode.AUTO), timeline))
                .extracting(Finding::cause)
                .doesNotContain(Cause.IMPLICIT_TLS_ON_STARTTLS_PORT);
    }

    @Test
    void aLoginCommandThatIsDisabledBesideMechanismsIsAChoiceOfMechanism() {
        Timelines before = Timelines.connected(143)
                .starttls()
                .tls()
                .announced(Facts.Stage.AFTER_TLS, "LOGINDISABLED", "AUTH=CRAM-MD5")
                .offered("CRAM-MD5");

        Finding finding = Diagnosis.of(
                        endpoint(Protocol.IMAP, ALICE),
                        before.failed(new Failure.LoginDisabled(List.of("LOGINDISABLED", "AUTH=CRAM-MD5"))))
                .getFirst();

        assertThat(finding.cause()).isEqualTo(Cause.AUTH_MECHANISM_MISMATCH);
        assertThat(finding.remedy()).contains("CRAM-MD5");
    }

    @Test
    void aServerOfTokensThatRefusesThePasswordWantsAToken() {
        assertThat(cause(
                        Protocol.POP3,
                        ALICE,
                        Timelines.connected(995)
                                .tls()
                                .offered("XOAUTH2", "OAUTHBEARER")
                                .failed(rejected("USER", true, "-ERR Unsupported authentication mechanism."))))
                .isEqualTo(Cause.BASIC_AUTH_DISABLED);
    }

    @Test
    void bytesOfNoProtocolDoNotMeanStarttls() {
        assertThat(cause(
                        Protocol.IMAP,
                        ALICE,
                        Timelines.connected(2143).failed(new Failure.TlsNotSpoken("\u0080\u00ff"))))
                .isEqualTo(Cause.PROTOCOL_VIOLATION);
    }

    @Test
    void aServerThatLeavesDuringTheLoginDoesNotJudgeThePassword() {
        assertThat(cause(
                        Protocol.SMTP,
                        ALICE,
                        Timelines.connected(587)
                                .starttls()
                                .tls()
                                .failed(rejected("PLAIN", true, "421 4.3.2 Service shutting down"))))
                .isEqualTo(Cause.SERVER_UNAVAILABLE);
    }

    @Test
    void aFingerprintThatWasNotNeededIsNoRemark() {
        Timeline timeline = Timelines.connected(993)
                .tls(
                        Timelines.certificate(Timelines.NOON.plus(Duration.ofDays(60)), "RSA 2048", "SHA256withRSA"),
                        List.of(),
                        true)
                .ready();

        assertThat(Diagnosis.of(endpoint(Protocol.IMAP, ALICE), timeline)).isEmpty();
    }
}
