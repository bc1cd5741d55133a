package org.posthorn.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.account.Protocol.IMAP;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.posthorn.account.Secret;

class ImapRedactorTest {
    private static void shows(String... lines) {
        Conversation.shows(IMAP, SecretMask.none(), lines);
    }

    @Test
    void hidesThePasswordOfLoginAndShowsTheUser() {
        shows(
                "S * OK [CAPABILITY IMAP4rev2] ready",
                "C a1 LOGIN alice geheim => a1 LOGIN alice ***",
                "S a1 OK logged in",
                "C a2 SELECT INBOX");
    }

    @Test
    void hidesTheUserInAShortenedOrBrokenLogin() {
        shows(
                "C a1 LOGIN geheim => a1 LOGIN ***",
                "C a2 LOGIN \"alice geheim => a2 LOGIN ***",
                "C a3 LOGIN \"DOMAIN\\\" geheim\" => a3 LOGIN ***",
                "C a4 LOGIN al\"ice gehe\"im => a4 LOGIN ***",
                "C a5 LOGIN");
    }

    @Test
    void hidesQuotedPasswordsWithEscapes() {
        shows(
                "C a1 LOGIN \"al \\\"ice\" \"ge \\\"he\\\\im\" => a1 LOGIN \"al \\\"ice\" ***",
                "C a2 LOGIN \"DOMAIN\\\\alice\" \"geheim\" => a2 LOGIN \"DOMAIN\\\\alice\" ***");
    }

    @Test
    void hidesWhateverFollowsTheUser() {
        shows("C a1 LOGIN alice my secret word => a1 LOGIN alice ***");
    }

    @Test
    void readsCommandsWithOddBlanksAndCase() {
        shows(
                "C \tx  lOgIn\talice\t geheim => \\tx  lOgIn\\talice\\t ***",
                "C y  authenticate  plain  AGE= => y  authenticate  plain  ***",
                "S y NO sorry");
    }

    @Test
    void hidesALoginThatForgotItsTag() {
        shows("C LOGIN alice geheim => LOGIN ***", "C authenticate PLAIN AGEAYg== => authenticate ***");
    }

    @Test
    void hidesLiteralsInEachPlace() {
        shows(
                "C a1 LOGIN {5}",
                "S + OK", "C alice {6} => alice {***}", "S + OK", "C geheim => ***", "S a1 NO no", "C a2 NOOP");
        shows(
                "C a1 LOGIN alice {6+} => a1 LOGIN alice {***}",
                "C geheim => ***",
                "C a2 LOGIN {5+}",
                "C alice \"geheim\" => alice ***",
                "C a3 LOGIN \"alice\" ~{6+} => a3 LOGIN \"alice\" {***}",
                "C geheim => ***",
                "C a4 CAPABILITY");
    }

    @Test
    void hidesLiteralsOfSeveralLines() {
        shows("C a1 LOGIN alice {13+} => a1 LOGIN alice {***}", "C a9 NOOP => ***", "C zwei => ***", "C a2 NOOP");
    }

    @Test
    void countsBytesOfLiteralsNotCharacters() {
        shows("C a1 LOGIN {7+}", "C müller {10+} => müller {***}", "C gehüim€ => ***", "C a2 NOOP");
    }

    @Test
    void knowsThatARefusedLiteralIsNotSent() {
        shows(
                "C a1 LOGIN alice {6} => a1 LOGIN alice {***}",
                "S a1 BAD no literals",
                "C a2 CAPABILITY",
                "C a3 APPEND INBOX {500}",
                "S a3 NO [OVERQUOTA] full",
                "C a4 NOOP");
    }

    @Test
    void isNotConfusedByTheTextOfAMessage() {
        shows("C a1 APPEND INBOX {29+}", "C a2 AUTHENTICATE PLAIN", "C x", "C ", "C a3 NOOP");
    }

    @Test
    void hidesResponsesUntilTheTaggedReply() {
        shows(
                "C a1 AUTHENTICATE LOGIN",
                "S + VXNlcm5hbWU6",
                "C YWxpY2U= => ***",
                "S + UGFzc3dvcmQ6",
                "C Z2VoZWlt => ***",
                "S * still thinking",
                "S a1 OK in",
                "C a2 NOOP");
    }

    @Test
    void hidesAnInitialResponseAndShowsAnEmptyOne() {
        shows(
                "C a1 AUTHENTICATE PLAIN AGFsaWNlAGdlaGVpbQ== => a1 AUTHENTICATE PLAIN ***",
                "S a1 NO no",
                "C a2 AUTHENTICATE EXTERNAL =",
                "S a2 NO no");
    }

    @Test
    void hidesABlobInThePlaceOfTheMechanism() {
        shows("C a1 AUTHENTICATE AGFsaWNlAGdlaGVpbQ== => a1 AUTHENTICATE ***");
    }

    @Test
    void showsThatAnExchangeIsCancelled() {
        shows("C a1 AUTHENTICATE CRAM-MD5", "S + PDE+ => + ***", "C *", "S a1 BAD cancelled", "C a2 NOOP");
    }

    @Test
    void hidesChallengesButTheErrorOfARefusedToken() {
        shows(
                "C a1 AUTHENTICATE SCRAM-SHA-256 biw= => a1 AUTHENTICATE SCRAM-SHA-256 ***",
                "S + cj1ub25jZQ== => + ***",
                "C Yz1iaXdz => ***",
                "S a1 NO no",
                "C a2 AUTHENTICATE XOAUTH2 dXNlcj1hbGljZQE= => a2 AUTHENTICATE XOAUTH2 ***",
                "S + eyJzdGF0dXMiOiI0MDEifQ==",
                "C ",
                "S a2 NO no");
        shows("C a1 AUTHENTICATE PLAIN", "S + ", "C AGEAYg== => ***", "S +", "C AGEAYg== => ***");
    }

    @Test
    void hidesCommandsPipelinedBehindAnExchange() {
        shows(
                "C a1 AUTHENTICATE PLAIN AGEAYg== => a1 AUTHENTICATE PLAIN ***",
                "C a2 LOGIN alice {6+} => ***{***}",
                "C geheim => ***",
                "C a3 AUTHENTICATE PLAIN => ***",
                "S a1 NO no",
                "S + PDE+ => + ***",
                "C AGEAYg== => ***",
                "S a3 NO no",
                "C a4 NOOP");
    }

    @Test
    void staysOnWhateverTheServerSays() {
        shows(
                "S a1 OK before you ask",
                "S + go on",
                "C a1 AUTHENTICATE PLAIN",
                "S a2 OK another",
                "S * OK untagged",
                "S * BYE",
                "C AGFsaWNlAGdlaGVpbQ== => ***",
                "S a1 OK too early",
                "C AGFsaWNlAGdlaGVpbQ== => ***",
                "C two words => ***",
                "C *",
                "C DONE",
                "C a2 NOOP");
    }

    @Test
    void hidesThePiecesOfAPasswordWithALineBreak() {
        shows("C a1 LOGIN alice \"ge => a1 LOGIN alice ***", "C heim\" => ***", "C more words => ***", "C a2 NOOP");
    }

    @Test
    void hidesWhatAServerRepeats() {
        shows(
                "C a1 AUTHENTICATE LOGIN",
                "C YWxpY2VAZXhhbXBsZS5vcmc= => ***",
                "S a1 BAD unknown command YWxpY2VAZXhhbXBsZS5vcmc=. => a1 BAD unknown command ***.");
        Conversation.shows(
                IMAP,
                new SecretMask(List.of(Secret.of("geheim"))),
                "C a1 LOGIN alice geheim => a1 LOGIN alice ***",
                "S * OK you sent geheim and Z2VoZWlt => * OK you sent *** and ***");
    }

    @Test
    void showsLinesThatAreNoCommandsBeforeALogin() {
        shows("C GET", "C GET / HTTP/1.1", "C ", "C a1 ID (\"name\" \"x\")");
    }

    @Test
    void hidesTheWholeLoginWhenItIsTooLongToBeRead() {
        String user = "x".repeat(LineSplitter.MOST_KEPT);
        Conversation conversation = new Conversation(IMAP, SecretMask.none())
                .client("a1 LOGIN \"" + user + "\" {6+}\r\n")
                .client("geheim\r\n")
                .client("a2 NOOP\r\n");

        assertThat(conversation.shown())
                .containsExactly(
                        "C a1 LOGIN " + Secret.DOTS + "{" + Secret.DOTS + "}", "C " + Secret.DOTS, "C a2 NOOP");
    }

    @Test
    void takesNoLiteralForTheUserWhenTheLineIsTooLongToBeRead() {
        Conversation conversation = new Conversation(IMAP, SecretMask.none())
                .client("a1 LOGIN " + " ".repeat(LineSplitter.MOST_KEPT) + "alice {6+}\r\n")
                .client("geheim\r\n");

        assertThat(conversation.shown()).hasSize(2).last().isEqualTo("C " + Secret.DOTS);
    }
}
