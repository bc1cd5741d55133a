package org.posthorn.diagnosis;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.posthorn.account.Field;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;

/** Failures that any phase can meet. */
final class SessionVerdicts {
    private static final List<Rule> ENDINGS = List.of(
            Rule.of(Cause.IDLE_TIMEOUT)
                    .codes("4.4.2")
                    .words("\\bidle\\b", "inactiv", "autologout", "session timed? ?out"),
            Rule.of(Cause.SERVER_SIDE_FAILURE).codes("UNAVAILABLE", "SERVERBUG").words("internal (?:\\w+ )?error"));

    private static final Set<String> OF_A_FOLDER = Set.of("SELECT", "EXAMINE", "STATUS", "APPEND");

    /** NO, and not BAD: the command itself is understood. */
    private static final Pattern REFUSED = Pattern.compile("^\\S+ no\\b");

    private static final List<Rule> FOLDERS = List.of(
            Rule.of(Cause.CLIENT_ID_REQUIRED).words("unsafe login"),
            Rule.of(Cause.SERVER_UNAVAILABLE).codes("UNAVAILABLE", "SERVERBUG"),
            Rule.of(Cause.FOLDER_UNAVAILABLE, "denied")
                    .codes("NOPERM", "NOSELECT")
                    .words("permission", "access (?:is )?denied", "not (?:allowed|permitted|authori[sz]ed)"),
            Rule.of(Cause.FOLDER_UNAVAILABLE)
                    .codes("NONEXISTENT", "TRYCREATE")
                    .words("n[o']t exist", "not found", "no such", "unknown (?:mailbox|folder)", "non-?existent"));

    private SessionVerdicts() {}

    static Verdict of(Failure.TimedOut failure) {
        String limit = Spans.text(failure.limit());
        Verdict verdict = switch (failure.stage()) {
            case RESOLVE -> Verdict.of(Cause.DNS_TEMPORARY, 0.8);
            case CONNECT -> Verdict.of(Cause.CONNECT_TIMEOUT_FIREWALL, 0.8).at(Field.PORT);
            case GREETING -> Verdict.of(Cause.GREETING_TIMEOUT, 0.7).at(Field.GREETING_TIMEOUT);
            case STARTTLS -> Verdict.of(Cause.STARTTLS_SERVER_BROKEN, "mute", 0.6);
            case TUNNEL, TLS, CAPABILITIES, LOGIN, READY ->
                Verdict.of(Cause.CONNECTION_LOST, "stalled", 0.7).at(Field.OPERATION_TIMEOUT);
        };
        return phase(verdict, failure.stage()).with("limit", limit).seen(failure.stage(), "timeout", limit);
    }

    static Verdict of(Situation situation, Failure.ConnectionLost failure) {
        return phase(byPort(situation, failure.stage()), failure.stage())
                .seen(failure.stage(), "system", failure.detail());
    }

    /** A connection that dies on the first word was most probably spoken to in the wrong way. */
    private static Verdict byPort(Situation situation, Phase stage) {
        if (stage == Phase.TLS && situation.attemptedStarttls()) {
            return Verdict.of(Cause.STARTTLS_SERVER_BROKEN, "handshake", 0.6);
        }
        if (stage == Phase.STARTTLS) {
            return Verdict.of(Cause.STARTTLS_SERVER_BROKEN, "hungUp", 0.6);
        }
        if (stage == Phase.TLS && situation.onCleartextPort()) {
            return Verdict.of(Cause.IMPLICIT_TLS_ON_STARTTLS_PORT, 0.7).at(Field.SECURITY);
        }
        if (stage == Phase.GREETING && !situation.tlsInForce() && situation.onImplicitTlsPort()) {
            return GreetingVerdicts.plaintextOnTlsPort(0.8);
        }
        return stage == Phase.GREETING
                ? Verdict.of(Cause.CONNECTION_LOST, "greeting", 0.7)
                : Verdict.of(Cause.CONNECTION_LOST, 0.8);
    }

    static Verdict of(Situation situation, Failure.ServerEnded failure) {
        Reply reply = Reply.of(failure.text());
        Verdict verdict = words(situation, failure.stage(), reply)
                .or(() -> Rule.first(ENDINGS, reply))
                .orElseGet(() -> Verdict.of(Cause.SERVER_UNAVAILABLE, "ended", 0.8));
        return phase(verdict, failure.stage());
    }

    static Verdict of(Situation situation, Failure.CommandRejected failure) {
        Reply reply = Reply.of(failure.text());
        Verdict verdict = words(situation, failure.stage(), reply)
                .orElseGet(() -> byCommand(situation, failure.command().toUpperCase(Locale.ROOT), reply));
        return phase(verdict, failure.stage())
                .with("command", failure.command())
                .seen(failure.stage(), "command", failure.command());
    }

    private static Optional<Verdict> words(Situation situation, Phase stage, Reply reply) {
        Optional<Verdict> plaintext = situation.tlsInForce()
                ? Optional.empty()
                : Rule.first(ServerWords.WITHOUT_TLS, reply).map(verdict -> verdict.at(Field.SECURITY));
        Optional<Verdict> login = stage == Phase.LOGIN ? Rule.first(ServerWords.LOGIN, reply) : Optional.empty();
        return plaintext.or(() -> login).or(() -> Rule.first(ServerWords.ANYWHERE, reply));
    }

    private static Verdict byCommand(Situation situation, String command, Reply reply) {
        if (reply.has("530") && !situation.tlsInForce()) {
            return LoginVerdicts.tlsFirst(0.8);
        }
        if (command.startsWith("EHLO") || command.startsWith("HELO")) {
            return reply.isTransient()
                    ? Verdict.of(Cause.SERVER_UNAVAILABLE, 0.7)
                    : Verdict.of(Cause.HELO_REJECTED, 0.9).at(Field.EHLO);
        }
        if (OF_A_FOLDER.contains(command) && reply.says(REFUSED)) {
            return Rule.first(FOLDERS, reply).orElseGet(() -> Verdict.of(Cause.FOLDER_UNAVAILABLE, 0.6));
        }
        return Verdict.of(Cause.CLIENT_COMMAND_REJECTED, 0.8).by(Actor.ADMIN);
    }

    static Verdict of(Failure.ProtocolViolation failure) {
        if (failure.stage() == Phase.STARTTLS) {
            return Verdict.of(Cause.STARTTLS_SERVER_BROKEN, "garbage", 0.8)
                    .seen(failure.stage(), "system", failure.detail());
        }
        Verdict verdict = Spoken.in(failure.received())
                .filter(spoken -> spoken.protocol().isEmpty())
                .map(spoken -> Verdict.of(Cause.PROTOCOL_VIOLATION, "otherService", 0.9)
                        .by(Actor.USER)
                        .at(Field.PORT)
                        .with("spoken", spoken.label()))
                .orElseGet(() -> Verdict.of(Cause.PROTOCOL_VIOLATION, 0.85));
        return phase(verdict, failure.stage()).seen(failure.stage(), "system", failure.detail());
    }

    static Verdict of(Failure.TooMuchReceived failure) {
        return phase(Verdict.of(Cause.PROTOCOL_VIOLATION, "flood", 0.85), failure.stage())
                .with("what", failure.what())
                .with("most", failure.limit());
    }

    private static Verdict phase(Verdict verdict, Phase phase) {
        return verdict.with("phase", phase.label());
    }
}
