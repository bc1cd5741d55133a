package org.posthorn.diagnosis;

import java.util.List;
import java.util.Set;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;

/** Logins that ended before any credential was sent. */
final class LoginVerdicts {
    private static final Set<String> TOKENS = Set.of("XOAUTH2", "OAUTHBEARER");

    private LoginVerdicts() {}

    static Verdict of(Situation situation, Failure.LoginDisabled failure) {
        List<String> offered = situation.mechanisms();
        if (situation.tlsInForce() && !offered.isEmpty()) {
            return mechanism("", 0.9)
                    .with("usable", "IMAP-LOGIN")
                    .with("offered", list(offered))
                    .seen(Phase.CAPABILITIES, "mechanisms", list(offered));
        }
        return situation.tlsInForce()
                ? Verdict.of(Cause.AUTH_NOT_OFFERED, 0.8)
                        .seen(Phase.CAPABILITIES, "capabilities", String.join(", ", failure.capabilities()))
                : tlsFirst(0.95).seen(Phase.CAPABILITIES, "announced", "LOGINDISABLED");
    }

    static Verdict tlsFirst(double confidence) {
        return Verdict.of(Cause.ENCRYPTION_REQUIRED, confidence).at(Field.SECURITY);
    }

    static Verdict of(Situation situation, Failure.AuthenticationNotOffered failure) {
        Verdict verdict = awaitsTls(situation)
                ? tlsFirst(0.9)
                : Verdict.of(Cause.AUTH_NOT_OFFERED, 0.9)
                        .by(Actor.USER)
                        .at(situation.onRelayPort() ? Field.LOGIN : Field.PORT);
        return verdict.seen(Phase.CAPABILITIES, "capabilities", list(failure.capabilities()));
    }

    /** Servers that want TLS first often hide their mechanisms until it is in force. */
    static boolean awaitsTls(Situation situation) {
        return !situation.tlsInForce() && situation.starttlsAnnounced();
    }

    static Verdict of(Situation situation, Failure.MechanismNotOffered failure) {
        List<String> offered = failure.offered();
        boolean ticket = situation.endpoint().login() instanceof Login.CurrentUser;
        Verdict verdict = ticket && !awaitsTls(situation)
                ? Verdict.of(Cause.AUTH_MECHANISM_MISMATCH, "ticket", 0.9).at(Field.LOGIN)
                : ofOffer(situation, offered);
        return verdict.with("usable", list(failure.usable()))
                .with("offered", list(offered))
                .seen(Phase.CAPABILITIES, "mechanisms", list(offered));
    }

    private static Verdict ofOffer(Situation situation, List<String> offered) {
        return onlyTokens(offered)
                ? Verdict.of(Cause.BASIC_AUTH_DISABLED, "tokens", 0.85)
                : awaitsTls(situation) ? tlsFirst(0.7) : mechanism("", 0.9);
    }

    static boolean onlyTokens(List<String> offered) {
        return !offered.isEmpty() && TOKENS.containsAll(offered);
    }

    /** A server that cannot prove itself does not hold the account's password: it is not the one that was meant. */
    static Verdict of(Failure.ServerNotProven failure) {
        return Verdict.of(Cause.CONNECTION_INTERCEPTED, "unproven", 0.8)
                .with("mechanism", failure.mechanism())
                .at(Field.HOST);
    }

    static Verdict of(Failure.MechanismUnusable failure) {
        return mechanism("unusable", 0.9)
                .with("mechanism", failure.mechanism())
                .with("detail", failure.detail())
                .seen(Phase.LOGIN, "system", failure.detail());
    }

    static Verdict mechanism(String variant, double confidence) {
        return Verdict.of(Cause.AUTH_MECHANISM_MISMATCH, variant, confidence).at(Field.MECHANISM);
    }

    static String list(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
