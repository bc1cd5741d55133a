package org.posthorn.diagnosis;

import java.util.List;
import java.util.Optional;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.client.smtp.Refusal;
import org.posthorn.client.smtp.SmtpReply;
import org.posthorn.timeline.Phase;

/** A message that a server refused, or would have. Its words decide where they say why, else its code and the stage. */
final class SendingVerdicts {
    private static final List<Rule> WORDS = List.of(
            Rule.of(Cause.GREYLISTED).words("gr[ae]y ?-?list", "gr[ae]ylisted"),
            Rule.of(Cause.MESSAGE_TOO_LARGE)
                    .codes("552", "5.3.4", "5.2.3")
                    .words("(?:message|mail|size).{0,30}(?:too (?:large|big)|exceed)"),
            Rule.of(Cause.SENDING_QUOTA_EXCEEDED)
                    .codes("5.4.5", "4.4.5")
                    .words("sending (?:limit|quota)", "quotaexceededexception", "daily .{0,30}limit"),
            Rule.of(Cause.RECIPIENT_MAILBOX_FULL)
                    .codes("4.2.2", "5.2.2")
                    .words("(?:mailbox|quota).{0,30}(?:full|exceeded)", "over quota"),
            Rule.of(Cause.SENDER_DOMAIN_UNAUTHENTICATED)
                    .codes("5.7.26", "5.7.23", "5.7.20")
                    .words("\\bspf\\b", "\\bdkim\\b", "\\bdmarc\\b", "sender is unauthenticated"),
            Rule.of(Cause.DNSBL_MISCONFIGURED).words("open resolver", "query refused", "error: .{0,40}spamhaus"),
            Rule.of(Cause.SEND_AS_DENIED)
                    .codes("5.7.60", "5.2.252")
                    .words(
                            "send ?as ?denied",
                            "not owned by",
                            "sender address rejected",
                            "not (?:allowed|permitted|authori[sz]ed) to send (?:as|from)"),
            Rule.of(Cause.CONTENT_REJECTED)
                    .codes("5.6.0")
                    .words("\\b(?:spam|virus|malware)\\b", "(?:content|attachment).{0,30}(?:reject|block|refus)"));

    private static final List<Rule> RECIPIENT = List.of(
            Rule.of(Cause.RELAY_DENIED).words("relay", "not local", "domain isn't in my list"),
            Rule.of(Cause.RECIPIENT_UNKNOWN)
                    .codes("5.1.1", "5.1.10", "5.1.2", "5.5.0")
                    .words(
                            "(?:user|recipient|mailbox|address).{0,40}(?:unknown|not (?:found|exist)|no"
                                    + " such|invalid|unavailable)",
                            "no such (?:user|recipient|mailbox)",
                            "unknown (?:user|recipient|local part)",
                            "unrouteable"));

    private static final Rule LOGIN_FIRST = Rule.of(Cause.AUTH_REQUIRED_NOT_SENT)
            .codes("530", "5.7.57")
            .words("authentication (?:is )?required", "not authenticated", "must (?:log ?in|authenticate)");

    private final Situation situation;

    private SendingVerdicts(Situation situation) {
        this.situation = situation;
    }

    static Verdict of(Situation situation, Refusal refusal) {
        return new SendingVerdicts(situation).judge(refusal);
    }

    private Verdict judge(Refusal refusal) {
        return switch (refusal) {
            case Refusal.TooLarge(long size, long largest) ->
                Verdict.of(Cause.MESSAGE_TOO_LARGE, "announced", 1)
                        .with("size", size)
                        .with("largest", largest);
            case Refusal.Utf8NotOffered(String address) ->
                Verdict.of(Cause.SMTPUTF8_NOT_OFFERED, 1).with("address", address);
            case Refusal.StatusNotOffered() -> Verdict.of(Cause.DSN_NOT_OFFERED, 1);
            case Refusal.Sender(SmtpReply reply) ->
                said(reply, words(reply).or(() -> code(reply)).orElse(Verdict.of(Cause.SEND_AS_DENIED, "sender", 0.5)));
            case Refusal.Recipient(String address, SmtpReply reply) ->
                said(reply, recipient(reply)).with("address", address).seen(Phase.READY, "recipient", address);
            case Refusal.Data(SmtpReply reply) ->
                said(reply, words(reply).or(() -> code(reply)).orElse(Verdict.of(Cause.CONTENT_REJECTED, "data", 0.5)));
            case Refusal.Message(SmtpReply reply) ->
                said(reply, words(reply).or(() -> code(reply)).orElse(Verdict.of(Cause.CONTENT_REJECTED, 0.6)));
        };
    }

    private static Verdict said(SmtpReply reply, Verdict verdict) {
        return verdict.seen(Phase.READY, "serverText", reply.text());
    }

    private Verdict recipient(SmtpReply reply) {
        Reply words = Reply.of(reply.text());
        return Rule.first(RECIPIENT, words)
                .map(this::relay)
                .or(() -> words(reply))
                .or(() -> code(reply))
                .orElse(Verdict.of(Cause.RECIPIENT_REFUSED, 0.7));
    }

    /** Who is logged in and may not relay lacks a right; who is not lacks the login. */
    private Verdict relay(Verdict verdict) {
        boolean anonymous = situation.endpoint().login() instanceof Login.None;
        return verdict.cause() == Cause.RELAY_DENIED && anonymous
                ? Verdict.of(Cause.RELAY_DENIED, "login", verdict.confidence())
                        .by(Actor.USER)
                        .at(Field.LOGIN)
                : verdict;
    }

    private Optional<Verdict> words(SmtpReply said) {
        Reply reply = Reply.of(said.text());
        Optional<Verdict> plaintext =
                situation.tlsInForce() ? Optional.empty() : Rule.first(ServerWords.WITHOUT_TLS, reply);
        boolean anonymous = situation.endpoint().login() instanceof Login.None;
        return plaintext
                .map(verdict -> verdict.at(Field.SECURITY))
                .or(() -> anonymous
                        ? Rule.first(List.of(LOGIN_FIRST), reply).map(v -> v.at(Field.LOGIN))
                        : Optional.empty())
                .or(() -> Rule.first(WORDS, reply))
                .or(() -> Rule.first(ServerWords.ANYWHERE, reply));
    }

    /** A refusal for now without a reason is most often greylisting at a recipient, else a trouble of the server's. */
    private static Optional<Verdict> code(SmtpReply reply) {
        if (reply.code() == 452) {
            return Optional.of(Verdict.of(Cause.RATE_LIMITED, 0.6));
        }
        if (reply.code() == 450) {
            return Optional.of(Verdict.of(Cause.GREYLISTED, "likely", 0.6));
        }
        return reply.isTransient()
                ? Optional.of(Verdict.of(Cause.SERVER_SIDE_FAILURE, "sending", 0.6))
                : Optional.empty();
    }
}
