package org.posthorn.diagnosis;

import java.util.Optional;
import java.util.Set;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;

/**
 * A login that the server answered with no. Its words decide where they say why; the rest is decided by who the server is, what
 * it had offered and the shape of what was typed.
 */
final class RejectionVerdicts {
    private static final Set<String> WRONG = Set.of("AUTHENTICATIONFAILED", "AUTH", "5.7.8");

    private final Situation situation;
    private final Failure.LoginRejected failure;
    private final Reply reply;

    private RejectionVerdicts(Situation situation, Failure.LoginRejected failure) {
        this.situation = situation;
        this.failure = failure;
        this.reply = Reply.of(failure.text());
    }

    static Verdict of(Situation situation, Failure.LoginRejected failure) {
        RejectionVerdicts verdicts = new RejectionVerdicts(situation, failure);
        Verdict verdict = verdicts.judge()
                .with("mechanism", failure.mechanism())
                .seen(Phase.LOGIN, "mechanism", failure.mechanism())
                .seen(Phase.LOGIN, "security", situation.tlsInForce() ? "TLS" : "no TLS");
        return failure.saslError()
                .map(error -> verdict.seen(Phase.LOGIN, "saslError", error))
                .orElse(verdict);
    }

    private Verdict judge() {
        return byAddressee()
                .or(this::byWords)
                .or(() -> new TokenVerdicts(situation).said(failure))
                .or(this::byStatus)
                .or(this::byCertificate)
                .or(this::byMechanism)
                .or(this::byToken)
                .or(this::byProvider)
                .or(this::byShape)
                .orElseGet(this::wrongCredentials);
    }

    private Optional<Verdict> byAddressee() {
        return GreetingVerdicts.answeredByAnother(situation)
                ? Optional.of(Verdict.of(Cause.CONNECTION_INTERCEPTED, 0.85)
                        .at(Field.PORT)
                        .seen(Phase.GREETING, "greeting", situation.greeting().orElse("")))
                : Optional.empty();
    }

    private Optional<Verdict> byWords() {
        Optional<Verdict> plaintext =
                situation.tlsInForce() ? Optional.empty() : Rule.first(ServerWords.WITHOUT_TLS, reply);
        return plaintext
                .or(() -> Rule.first(ServerWords.LOGIN, reply))
                .or(() -> Rule.first(ServerWords.ANYWHERE, reply))
                .map(this::unlessTokensOnly)
                .map(RejectionVerdicts::withField);
    }

    /** A server that refuses the way of a password, which Posthorn chose, and offers tokens alone wants a token. */
    private Verdict unlessTokensOnly(Verdict verdict) {
        return verdict.cause() == Cause.AUTH_MECHANISM_MISMATCH
                        && situation.endpoint().login() instanceof Login.Password login
                        && login.sasl().mechanisms().isEmpty()
                        && LoginVerdicts.onlyTokens(situation.mechanisms())
                ? Verdict.of(Cause.BASIC_AUTH_DISABLED, "tokens", 0.85)
                        .with("offered", LoginVerdicts.list(situation.mechanisms()))
                : verdict;
    }

    /** Where the cause lies in one field of the form, whatever the words were. */
    private static Verdict withField(Verdict verdict) {
        return switch (verdict.cause()) {
            case ENCRYPTION_REQUIRED -> verdict.at(Field.SECURITY);
            case APP_PASSWORD_REQUIRED, PASSWORD_EXPIRED -> verdict.at(Field.PASSWORD);
            case USERNAME_FORMAT -> verdict.at(Field.USER);
            case AUTH_MECHANISM_MISMATCH -> verdict.at(Field.MECHANISM);
            case AUTH_SHOULD_BE_OFF -> verdict.at(Field.LOGIN);
            default -> verdict;
        };
    }

    private Optional<Verdict> byStatus() {
        if (reply.has("530") && !situation.tlsInForce()) {
            return Optional.of(LoginVerdicts.tlsFirst(0.9));
        }
        if (reply.has("500") || reply.has("502") || reply.has("503")) {
            return Optional.of(unknownCommand());
        }
        if (reply.has("421")) {
            return Optional.of(
                    Verdict.of(Cause.SERVER_UNAVAILABLE, "ended", 0.8).with("phase", Phase.LOGIN.label()));
        }
        if (reply.isTransient()) {
            return Optional.of(Verdict.of(Cause.SERVER_SIDE_FAILURE, reply.has("454") || reply.has("435") ? 0.9 : 0.7));
        }
        return Optional.empty();
    }

    /** EXTERNAL carries no password: what was refused is the client's certificate, or that there is none. */
    private Optional<Verdict> byCertificate() {
        return failure.mechanism().equals("EXTERNAL")
                ? Optional.of(Verdict.of(Cause.CLIENT_CERTIFICATE_REQUIRED, "external", 0.8))
                : Optional.empty();
    }

    private Verdict unknownCommand() {
        if (LoginVerdicts.awaitsTls(situation)) {
            return LoginVerdicts.tlsFirst(0.85);
        }
        return failure.announced()
                ? Verdict.of(Cause.CLIENT_COMMAND_REJECTED, 0.6)
                : Verdict.of(Cause.AUTH_NOT_OFFERED, 0.85)
                        .by(Actor.USER)
                        .at(situation.onRelayPort() ? Field.LOGIN : Field.PORT);
    }

    private Optional<Verdict> byMechanism() {
        if (!failure.announced() && WRONG.stream().noneMatch(reply::has)) {
            return Optional.of(LoginVerdicts.mechanism("forced", 0.75));
        }
        boolean misread = reply.has("501") || reply.text().matches("(?s)\\S+ BAD .*");
        return misread ? Optional.of(Verdict.of(Cause.CLIENT_COMMAND_REJECTED, 0.6)) : Optional.empty();
    }

    private Optional<Verdict> byToken() {
        return TokenVerdicts.concern(failure)
                ? Optional.of(new TokenVerdicts(situation).unexplained())
                : Optional.empty();
    }

    private Optional<Verdict> byProvider() {
        return situation.provider().flatMap(this::byHabit).or(this::byRelay);
    }

    private Optional<Verdict> byHabit(Provider provider) {
        if (needsAddress()) {
            return Optional.of(Verdict.of(Cause.USERNAME_FORMAT, 0.75).at(Field.USER));
        }
        return switch (provider.password()) {
            case NONE -> Optional.of(tokensOnly());
            case APP_PASSWORD ->
                Optional.of(
                        Verdict.of(Cause.APP_PASSWORD_REQUIRED, "likely", 0.7).at(Field.PASSWORD));
            case SWITCHED_ON_FIRST -> Optional.of(Verdict.of(Cause.MAILBOX_PROTOCOL_DISABLED, "likely", 0.55));
            case ACCOUNT -> Optional.empty();
        };
    }

    /** “535 5.7.3” of Microsoft 365 says that SMTP login is off; with 5.7.139 the password itself was looked at. */
    private Verdict tokensOnly() {
        if (reply.has("5.7.139") && reply.words().contains("incorrect")) {
            return wrongCredentials();
        }
        return situation.protocol() == Protocol.SMTP
                ? Verdict.of(Cause.SMTP_AUTH_DISABLED, 0.75)
                : Verdict.of(Cause.BASIC_AUTH_DISABLED, 0.85);
    }

    /** Exchange answers so on a receive connector that trusts addresses and knows no accounts. */
    private Optional<Verdict> byRelay() {
        return reply.has("5.7.3") && situation.onRelayPort()
                ? Optional.of(Verdict.of(Cause.AUTH_SHOULD_BE_OFF, 0.6).at(Field.LOGIN))
                : Optional.empty();
    }

    private Optional<Verdict> byShape() {
        if (situation.endpoint().login() instanceof Login.Password login
                && login.password().hasOuterBlank()) {
            return Optional.of(Verdict.of(Cause.PASSWORD_CHARACTERS, 0.75).at(Field.PASSWORD));
        }
        return Optional.empty();
    }

    private boolean needsAddress() {
        return situation.endpoint().login() instanceof Login.Password login
                && !login.user().contains("@");
    }

    private Verdict wrongCredentials() {
        if (situation.endpoint().login() instanceof Login.CurrentUser) {
            return Verdict.of(Cause.WRONG_CREDENTIALS, "ticket", 0.6).at(Field.AUTHORIZATION_ID);
        }
        if (failure.mechanism().equals("NTLM")) {
            return Verdict.of(Cause.WRONG_CREDENTIALS, "ntlm", 0.6).at(Field.PASSWORD);
        }
        boolean said = WRONG.stream().anyMatch(reply::has) || reply.has("535");
        return Verdict.of(Cause.WRONG_CREDENTIALS, needsAddress() ? "short" : "", said ? 0.85 : 0.7)
                .at(Field.PASSWORD);
    }
}
