package org.posthorn.wire;

import static org.posthorn.account.Protocol.POP3;

import org.junit.jupiter.api.Test;

class Pop3RedactorTest {
    private static void shows(String... lines) {
        Conversation.shows(POP3, SecretMask.none(), lines);
    }

    @Test
    void hidesEverythingBehindPass() {
        shows(
                "S +OK ready <1896.697170952@example.org>",
                "C USER alice",
                "S +OK",
                "C PASS ge heim  x => PASS ***",
                "S +OK 2 messages",
                "C STAT");
    }

    @Test
    void readsCommandsWithOddBlanksAndCase() {
        shows("C  pass\t geheim =>  pass\\t ***", "C PASS", "C PASS ");
    }

    @Test
    void showsTheUserOfApopAndHidesTheDigest() {
        shows(
                "C APOP alice c4c9334bac560ecc979e58001b3e22fb => APOP alice ***",
                "S -ERR no",
                "C APOP c4c9334bac560ecc979e58001b3e22fb => APOP ***",
                "S -ERR no",
                "C QUIT");
    }

    @Test
    void hidesResponsesUntilTheReply() {
        shows(
                "C AUTH LOGIN",
                "S + VXNlcm5hbWU6",
                "C YWxpY2U= => ***",
                "S + UGFzc3dvcmQ6",
                "C Z2VoZWlt => ***",
                "S -ERR [AUTH] no",
                "C CAPA");
        shows(
                "C AUTH PLAIN AGEAYg== => AUTH PLAIN ***",
                "S -ERR no",
                "C AUTH PLAIN",
                "S +",
                "C STAT => ***",
                "S +OK",
                "C STAT");
    }

    @Test
    void hidesChallengesButTheErrorOfARefusedToken() {
        shows(
                "C AUTH CRAM-MD5",
                "S + PDEyMzRAZXhhbXBsZT4= => + ***",
                "C *",
                "S -ERR cancelled",
                "C AUTH XOAUTH2 dXNlcj1hbGljZQE= => AUTH XOAUTH2 ***",
                "S + eyJzdGF0dXMiOiI0MDAifQ==",
                "C ",
                "S -ERR no");
    }

    @Test
    void asksForMechanismsWithoutWaiting() {
        shows("C AUTH", "S +OK", "S PLAIN", "S .", "C QUIT");
    }

    @Test
    void staysOnWhateverTheServerSays() {
        shows(
                "S +OK",
                "S +OK logged in",
                "C PASS geheim => PASS ***",
                "C AUTH PLAIN",
                "S -ERR too early",
                "S +OK too early",
                "C AGFsaWNlAGdlaGVpbQ== => ***",
                "S + YWJj",
                "C QUIT");
    }

    @Test
    void hidesThePiecesOfAPasswordWithALineBreak() {
        shows("C USER alice", "C PASS ge => PASS ***", "C heim => ***", "S +OK", "C LIST 1");
    }

    @Test
    void keepsPipelinedCommandsVisible() {
        shows("C USER alice", "C PASS geheim => PASS ***", "C STAT", "C QUIT", "S +OK", "S +OK", "S +OK 0 0", "S +OK");
    }
}
