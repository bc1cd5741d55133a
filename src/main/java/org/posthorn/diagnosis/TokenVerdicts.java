package org.posthorn.diagnosis;

import java.util.Optional;
import java.util.Set;
import org.posthorn.account.Field;
import org.posthorn.timeline.Failure;

/**
 * An access token that the server refused. Its own reason decides where it gives one; most say only that the token does not
 * please, and then its claims would have to tell.
 */
final class TokenVerdicts {
    private static final Set<String> MECHANISMS = Set.of("XOAUTH2", "OAUTHBEARER");

    private final Situation situation;

    TokenVerdicts(Situation situation) {
        this.situation = situation;
    }

    static boolean concern(Failure.LoginRejected failure) {
        return MECHANISMS.contains(failure.mechanism());
    }

    /** What the reason says; absent where there is none, or one that is not known. */
    Optional<Verdict> said(Failure.LoginRejected failure) {
        return failure.saslError().map(SaslError::of).flatMap(this::said);
    }

    private Optional<Verdict> said(SaslError error) {
        String scope = error.member("scope").orElse("a scope for mail");
        return error.member("status").map(status -> switch (status) {
            case "insufficient_scope" -> scopeMissing("", 0.9).with("scope", scope);
            case "invalid_request" -> at(Field.TOKEN_FLOW, Verdict.of(Cause.OAUTH_REQUEST_MALFORMED, 0.75));
            // Google's status for a wrong scope, another user's token and a password in place of a token.
            case "400" -> scopeMissing("likely", 0.6).with("scope", scope);
            default -> refused(0.6);
        });
    }

    /** Without a reason. */
    Verdict unexplained() {
        return situation.provider().filter(Provider.MICROSOFT::equals).isPresent()
                ? at(Field.SCOPE, Verdict.of(Cause.OAUTH_WRONG_AUDIENCE, "likely", 0.55))
                : refused(0.5);
    }

    private Verdict scopeMissing(String variant, double confidence) {
        return at(Field.SCOPE, Verdict.of(Cause.OAUTH_SCOPE_MISSING, variant, confidence));
    }

    private Verdict refused(double confidence) {
        return at(Field.TOKEN_FLOW, Verdict.of(Cause.OAUTH_TOKEN_EXPIRED, "likely", confidence));
    }

    private Verdict at(Field ofProvider, Verdict verdict) {
        return verdict.at(situation.tokenField(ofProvider));
    }
}
