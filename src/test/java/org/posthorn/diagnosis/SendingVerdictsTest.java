package org.posthorn.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Pipelining;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.client.smtp.Refusal;
import org.posthorn.client.smtp.SmtpReply;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Timeline;

/** What a refused message means. */
class SendingVerdictsTest {
    private static final Endpoint ANONYMOUS = Endpoint.of(Protocol.SMTP, "smtp.example.org");
    private static final Endpoint LOGGED_IN = ANONYMOUS.withLogin(Login.password("me", Secret.of("x")));

    private static Finding finding(Endpoint endpoint, Refusal refusal) {
        return Diagnosis.of(endpoint, Timeline.empty(1), refusal, Field::label);
    }

    private static SmtpReply reply(String text) {
        return new SmtpReply(Integer.parseInt(text.substring(0, 3)), List.of(text.split("/", -1)));
    }

    private static Refusal refusal(String stage, String text) {
        return switch (stage) {
            case "sender" -> new Refusal.Sender(reply(text));
            case "recipient" -> new Refusal.Recipient("a@x.test", reply(text));
            case "data" -> new Refusal.Data(reply(text));
            default -> new Refusal.Message(reply(text));
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recipient | 550 5.1.1 <a@x.test>: Recipient address rejected: User unknown | recipient-unknown",
                "recipient | 550 5.1.1 User unknown | recipient-unknown",
                "recipient | 451 4.7.1 Greylisted, try again later | greylisted",
                "recipient | 450 4.2.0 please come back | greylisted",
                "recipient | 452 4.2.2 Mailbox full | recipient-mailbox-full",
                "recipient | 452 4.5.3 Too many recipients | rate-limited",
                "recipient | 450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.22] |"
                        + " client-host-rejected",
                "recipient | 554 5.7.1 <a@x.test>: Relay access denied | relay-denied",
                "recipient | 550 5.7.1 Unable to relay | relay-denied",
                "recipient | 550 5.7.1 Service unavailable; client [192.0.2.1] blocked using zen.spamhaus.org |"
                        + " client-ip-banned",
                "recipient | 550 no | recipient-refused",
                "sender | 550 5.7.60 SMTP; Client does not have permissions to send as this sender | send-as-denied",
                "sender | 553 5.7.1 <me@x.test>: Sender address rejected: not owned by user me | send-as-denied",
                "sender | 552 5.3.4 Message size exceeds fixed limit | message-too-large",
                "sender | 451 4.3.2 no | server-side-failure",
                "data | 451 4.3.2 no | server-side-failure",
                "data | 554 no | content-rejected",
                "message | 552 5.3.4 Message size exceeds fixed limit | message-too-large",
                "message | 550-5.7.26 Your email has been blocked because the sender is unauthenticated. |"
                        + " sender-domain-unauthenticated",
                "message | 554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException |"
                        + " sending-quota-exceeded",
                "message | 550-5.4.5 Daily user sending limit exceeded. | sending-quota-exceeded",
                "message | 554 5.2.252 SendAsDenied; user@outlook.com not allowed to send as other@example.com |"
                        + " send-as-denied",
                "message | 550 5.7.1 This message looks like spam | content-rejected",
            })
    void aReplyIsJudgedByItsStageAndWords(String stage, String text, String cause) {
        Finding finding = finding(LOGGED_IN, refusal(stage, text));

        assertThat(finding.cause().code()).isEqualTo(cause);
        assertThat(finding.remedy()).isNotBlank();
        assertThat(finding.evidence()).extracting(Evidence::text).contains("The server said: " + text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sender | 530 5.7.57 SMTP; Client was not authenticated to send anonymous mail |"
                        + " auth-required-not-sent",
                "sender | 530 5.7.0 Must issue a STARTTLS command first | encryption-required",
                "recipient | 554 5.7.1 <a@x.test>: Relay access denied | relay-denied",
            })
    void withoutALoginTheRemedyIsTheLoginOrTls(String stage, String text, String cause) {
        Finding finding = finding(ANONYMOUS, refusal(stage, text));

        assertThat(finding.cause().code()).isEqualTo(cause);
        assertThat(finding.field()).contains(cause.equals("encryption-required") ? Field.SECURITY : Field.LOGIN);
    }

    @Test
    void whatWasForeseenIsToldWithItsNumbers() {
        assertThat(finding(LOGGED_IN, new Refusal.TooLarge(2000, 1000)).user()).contains("2000", "1000");
        assertThat(finding(LOGGED_IN, new Refusal.Utf8NotOffered("ü@x.test")).user())
                .contains("ü@x.test");
        assertThat(finding(LOGGED_IN, new Refusal.StatusNotOffered()).cause()).isEqualTo(Cause.DSN_NOT_OFFERED);
    }

    @ParameterizedTest
    @CsvSource({"ON, HELP, 1", "ON, PIPELINING, 0", "AUTO, HELP, 0"})
    void pipeliningThatWasForcedIsAWarning(Pipelining setting, String extension, int warnings) {
        Endpoint endpoint = ANONYMOUS.withConnections(ANONYMOUS.connections().withPipelining(setting));
        Timeline timeline = Timelines.connected(587)
                .announced(Facts.Stage.BEFORE_TLS, extension)
                .ready();

        assertThat(Diagnosis.of(endpoint, timeline))
                .filteredOn(finding -> finding.cause() == Cause.PIPELINING_NOT_ANNOUNCED)
                .hasSize(warnings)
                .allMatch(finding -> finding.severity() == Severity.WARNING);
    }
}
