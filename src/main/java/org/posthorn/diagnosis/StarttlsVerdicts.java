package org.posthorn.diagnosis;

import java.util.regex.Pattern;
import org.posthorn.account.Field;
import org.posthorn.account.TlsMode;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;

/** STARTTLS that is missing, refused or tampered with. */
final class StarttlsVerdicts {
    private static final Pattern FAREWELL = Pattern.compile("\\* BYE\\b|-ERR\\b|[45]\\d\\d[ -]");

    /** What a firewall that inspects mail leaves of a capability that it does not let through, for example Cisco's. */
    private static final Pattern OVERWRITTEN = Pattern.compile("X{4,}[A-Z]?");

    private StarttlsVerdicts() {}

    static Verdict notOffered(Situation situation) {
        if (isStripped(situation)) {
            return missing(situation, "stripped", Field.SECURITY);
        }
        return missing(situation, situation.onThisMachine() ? "local" : "", Field.SECURITY);
    }

    private static boolean isStripped(Situation situation) {
        return situation.timeline().capabilities(Facts.Stage.BEFORE_TLS).stream()
                .anyMatch(capability -> OVERWRITTEN.matcher(capability).matches());
    }

    static Verdict preauth(Situation situation) {
        return missing(situation, "preauth", Field.SECURITY);
    }

    static Verdict onlyPlaintext(Situation situation) {
        if (isStripped(situation)) {
            return missing(situation, "stripped", Field.SECURITY);
        }
        return missing(situation, situation.onThisMachine() ? "localPlaintext" : "plaintext", Field.ALLOW_PLAINTEXT);
    }

    private static Verdict missing(Situation situation, String variant, Field field) {
        return Verdict.of(Cause.STARTTLS_NOT_OFFERED, variant, 0.9)
                .by(Actor.USER)
                .at(field)
                .with("tlsPort", situation.protocol().defaultPort(TlsMode.IMPLICIT))
                .seen(Phase.CAPABILITIES, "capabilities", LoginVerdicts.list(situation.capabilities()));
    }

    static Verdict of(Situation situation, Failure.StarttlsRefused failure) {
        return situation.starttlsAnnounced()
                ? Verdict.of(Cause.STARTTLS_SERVER_BROKEN, 0.9).seen(Phase.STARTTLS, "announced", "STARTTLS")
                : notOffered(situation);
    }

    /** A server that cannot start TLS after all says so and leaves, which no attacker gains anything by. */
    static Verdict of(Failure.StarttlsInjection failure) {
        return FAREWELL.matcher(failure.injected()).lookingAt()
                ? Verdict.of(Cause.STARTTLS_SERVER_BROKEN, "left", 0.85)
                : Verdict.of(Cause.STARTTLS_INJECTION, 0.95);
    }
}
