package org.posthorn.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.account.Protocol.SMTP;

import org.junit.jupiter.api.Test;

class SmtpRedactorTest {
    private static void shows(String... lines) {
        Conversation.shows(SMTP, SecretMask.none(), lines);
    }

    @Test
    void hidesInitialResponses() {
        shows(
                "S 220 ready",
                "C EHLO client",
                "S 250-example.org",
                "S 250 AUTH PLAIN LOGIN",
                "C AUTH PLAIN AGFsaWNlAGdlaGVpbQ== => AUTH PLAIN ***",
                "S 235 2.7.0 welcome",
                "C MAIL FROM:<alice@example.org> AUTH=<>");
    }

    @Test
    void readsCommandsWithOddBlanksAndCase() {
        shows("C  auth\tplain \t AGEAYg== =>  auth\\tplain \\t ***", "S 535 no", "C aUtH login YQ== => aUtH login ***");
    }

    @Test
    void hidesUserAndPasswordOfTheLoginMechanism() {
        shows(
                "C AUTH LOGIN",
                "S 334 VXNlcm5hbWU6",
                "C YWxpY2U= => ***",
                "S 334 UGFzc3dvcmQ6",
                "C Z2VoZWlt => ***",
                "S 535-5.7.8 not",
                "S 535 5.7.8 accepted",
                "C QUIT");
    }

    @Test
    void hidesChallengesButTheErrorOfARefusedToken() {
        shows(
                "C AUTH CRAM-MD5",
                "S 334 PDEyMzRAZXhhbXBsZT4= => 334 ***",
                "C *",
                "S 501 cancelled",
                "C AUTH OAUTHBEARER biwBYXV0aD0B => AUTH OAUTHBEARER ***",
                "S 334 eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=",
                "C AQ== => ***",
                "S 535 no");
    }

    @Test
    void knowsWhichReplyBelongsToAPipelinedLogin() {
        shows(
                "C EHLO client",
                "C AUTH LOGIN",
                "S 250 example.org",
                "S 334 VXNlcm5hbWU6",
                "C QUIT => ***",
                "S 334 UGFzc3dvcmQ6",
                "C Z2VoZWlt => ***",
                "S 235 ok",
                "C QUIT");
    }

    @Test
    void isNotConfusedByTheTextOfAMessage() {
        shows(
                "C AUTH PLAIN AGEAYg== => AUTH PLAIN ***",
                "S 235 ok",
                "C MAIL FROM:<a@b>",
                "C RCPT TO:<c@d>",
                "C DATA",
                "S 250 ok",
                "S 250 ok",
                "S 354 go",
                "C Subject: x",
                "C ",
                "C AUTH PLAIN blob",
                "C one",
                "C ..",
                "C .",
                "S 250 taken",
                "C AUTH PLAIN AGEAYg== => AUTH PLAIN ***",
                "S 503 again",
                "C QUIT");
    }

    @Test
    void isNotConfusedByChunksOfAMessage() {
        Conversation conversation = new Conversation(SMTP, SecretMask.none())
                .client("BDAT 18\r\nAUTH PLAIN blob\r\nxBDAT 5 LAST\r\nhelloAUTH PLAIN AGEAYg==\r\n")
                .server("250 ok\r\n250 ok\r\n")
                .client("Yg==\r\n");

        assertThat(conversation.shown())
                .containsExactly(
                        "C BDAT 18",
                        "C AUTH PLAIN blob",
                        "C xBDAT 5 LAST",
                        "C helloAUTH PLAIN ••••••",
                        "S 250 ok",
                        "S 250 ok",
                        "C ••••••");
        conversation.isShownAlikeInAnyPieces();
    }

    @Test
    void entersNoMessageThatTheClientDidNotBegin() {
        shows(
                "S 354 go",
                "C EHLO client",
                "S 354 go",
                "C AUTH PLAIN AGEAYg== => AUTH PLAIN ***",
                "S 354 go",
                "C AGEAYg== => ***",
                "C DATA",
                "S 550 no",
                "S 354 go",
                "C AUTH PLAIN AGEAYg== => AUTH PLAIN ***");
    }

    @Test
    void staysOnWhateverTheServerSays() {
        shows(
                "S 334 ",
                "S 334 VXNlcm5hbWU6 => 334 ***",
                "C AUTH PLAIN",
                "S 235 too early",
                "C AGFsaWNlAGdlaGVpbQ== => ***",
                "S garbage",
                "S 250-more",
                "C AUTH LOGIN",
                "S garbage",
                "S 250-more",
                "C NOOP => ***",
                "S 250 ok",
                "C NOOP");
    }

    @Test
    void hidesWhatAServerRepeats() {
        shows(
                "C AUTH LOGIN YWxpY2VAZXhhbXBsZS5vcmc= => AUTH LOGIN ***",
                "S 500 5.3.3 Unrecognized command 'YWxpY2VAZXhhbXBsZS5vcmc=' => 500 5.3.3 Unrecognized command '***'");
    }
}
