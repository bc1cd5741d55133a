package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;

/** What servers say in trouble of their own is told apart from a refusal of the person or of the folder. */
class PassingTroubleTest {
    private static boolean isPassingLogin(String text) {
        return PassingTrouble.isToldBy(new Failure.LoginRejected("PLAIN", true, text, Optional.empty()));
    }

    private static boolean isPassingCommand(String text) {
        return PassingTrouble.isToldBy(new Failure.CommandRejected(Phase.READY, "UID FETCH", text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a1 NO [UNAVAILABLE] Temporary authentication failure. [host:2026-11-30 10:00:00]",
                "a1 NO [SERVERBUG] Internal error occurred.",
                "a1 NO [inuse] Mailbox is locked",
                "a1 NO [LIMIT] Maximum number of connections from user+IP exceeded",
                "a1 NO Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)",
                "a1 NO [ALERT] Too many simultaneous connections. (Failure)",
                "-ERR [SYS/TEMP] Temporary failure",
                "-ERR [IN-USE] Do you have another POP session running?",
                "-ERR [LOGIN-DELAY] minimum time between mail checks violation",
                "454 4.7.0 Temporary authentication failure: Connection lost to authentication server",
                "421 4.3.0 try again later",
            })
    void isTroubleOfTheServersOwn(String text) {
        assertThat(isPassingLogin(text)).isTrue();
        assertThat(isPassingCommand(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a1 NO [AUTHENTICATIONFAILED] Authentication failed.",
                "a1 NO LOGIN failed.",
                "a1 NO [ALERT] Application-specific password required",
                "a1 NO Too many invalid logins",
                "a1 NO [NONEXISTENT] Mailbox doesn't exist: Unavailable",
                "a1 NO [LIMITS] of a kind that nobody knows",
                "-ERR [AUTH] Username and password not accepted.",
                "-ERR [SYS/PERM] disabled",
                "535 5.7.8 Error: authentication failed: 454",
            })
    void isARefusal(String text) {
        assertThat(isPassingLogin(text)).isFalse();
        assertThat(isPassingCommand(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"UNAVAILABLE, true", "SYS/TEMP, true", "AUTH, false", "5.7.8, false"})
    void theCodeOfALoginAloneSaysSo(String code, boolean passing) {
        assertThat(PassingTrouble.isToldBy(new Failure.LoginRejected("PLAIN", true, "no", Optional.of(code))))
                .isEqualTo(passing);
    }
}
