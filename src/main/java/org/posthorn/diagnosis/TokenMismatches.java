package org.posthorn.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.posthorn.account.Field;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.TokenFacts;
import org.posthorn.timeline.TokenFacts.Mismatch;
import org.posthorn.timeline.TokenFacts.MismatchKind;

/** What a token said of itself that did not go with the settings, found before it was sent. */
final class TokenMismatches {
    private final Situation situation;

    private TokenMismatches(Situation situation) {
        this.situation = situation;
    }

    /** With the server's refusal: what is known for certain explains it better than a server that does not say why. */
    static List<Verdict> explaining(Situation situation, Verdict refusal) {
        List<Verdict> all = new ArrayList<>(new TokenMismatches(situation).verdicts());
        all.add(refusal);
        all.sort(Comparator.comparingDouble(Verdict::confidence).reversed());
        return all;
    }

    /** As warnings, where the server did not refuse the token. */
    static List<Verdict> warnings(Situation situation) {
        return new TokenMismatches(situation)
                .verdicts().stream()
                        .map(verdict -> verdict.as(Severity.WARNING))
                        .toList();
    }

    private List<Verdict> verdicts() {
        return situation
                .timeline()
                .latest(Facts.LoggedIn.class)
                .flatMap(Facts.LoggedIn::token)
                .map(TokenFacts::mismatches)
                .orElse(List.of())
                .stream()
                .map(this::verdict)
                .toList();
    }

    private Verdict verdict(Mismatch mismatch) {
        return judged(mismatch.kind())
                .with("found", mismatch.found())
                .with("wanted", mismatch.wanted())
                .seen(Phase.LOGIN, "claim-" + mismatch.kind().word(), mismatch.found());
    }

    private Verdict judged(MismatchKind kind) {
        return switch (kind) {
            case EXPIRED ->
                Verdict.of(Cause.OAUTH_TOKEN_EXPIRED, "claims", 0.97).at(situation.tokenField(Field.TOKEN_FLOW));
            case NOT_YET_VALID -> Verdict.of(Cause.CLOCK_WRONG, "token", 0.9);
            case AUDIENCE ->
                Verdict.of(Cause.OAUTH_WRONG_AUDIENCE, "claims", 0.96).at(situation.tokenField(Field.SCOPE));
            case SCOPE -> Verdict.of(Cause.OAUTH_SCOPE_MISSING, "claims", 0.95).at(situation.tokenField(Field.SCOPE));
            case TENANT ->
                Verdict.of(Cause.OAUTH_TENANT_MISMATCH, "claims", 0.8).at(situation.tokenField(Field.TOKEN_ENDPOINT));
            case USER -> Verdict.of(Cause.OAUTH_USER_MISMATCH, "claims", 0.75).at(Field.USER);
        };
    }
}
