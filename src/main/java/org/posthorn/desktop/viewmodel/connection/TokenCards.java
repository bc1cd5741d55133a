package org.posthorn.desktop.viewmodel.connection;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.desktop.viewmodel.connection.TokenCard.Fact;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Timeline;
import org.posthorn.timeline.TokenFacts;
import org.posthorn.timeline.TokenFacts.Mismatch;

/** What the facts say of tokens, ready to be shown. */
public final class TokenCards {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final Timeline timeline;
    private final ZoneId zone;

    public TokenCards(Timeline timeline, ZoneId zone) {
        this.timeline = timeline;
        this.zone = zone;
    }

    /** The sign-in that is waited for now. */
    public Optional<SignInCard> signIn() {
        return timeline.records().stream()
                .reduce((_, last) -> last)
                .filter(last -> last.isRunning())
                .flatMap(last -> last.facts() instanceof Facts.TokenSought sought ? sought.signIn() : Optional.empty())
                .map(signIn -> new SignInCard(signIn.address(), signIn.code().orElse(""), at(TIME, signIn.until())));
    }

    Optional<TokenCard> token() {
        Optional<Facts.TokenSought> sought = timeline.latest(Facts.TokenSought.class);
        return timeline.latest(Facts.LoggedIn.class)
                .flatMap(Facts.LoggedIn::token)
                .or(() -> sought.flatMap(Facts.TokenSought::token))
                .map(token -> card(token, sought));
    }

    private TokenCard card(TokenFacts token, Optional<Facts.TokenSought> sought) {
        Stream<Fact> facts = Stream.of(
                fact("From", sought.flatMap(Facts.TokenSought::origin).map(TokenCards::origin)),
                fact("Audience", joined(token.audience())),
                fact("Scopes", joined(token.scopes())),
                fact("Roles", joined(token.roles())),
                fact("User", joined(token.users())),
                fact("Client", token.client()),
                fact("Tenant", token.tenant()),
                fact("Issuer", token.issuer()),
                fact("Not before", token.notBefore().map(time -> at(DAY, time))),
                fact("Expires", token.expires().map(time -> at(DAY, time))));
        return new TokenCard(
                token.jwt() ? "JWT" : "opaque: it says nothing of itself",
                facts.filter(fact -> !fact.value().isEmpty()).toList(),
                token.mismatches().stream().map(TokenCards::sentence).toList(),
                sought.isPresent());
    }

    private static Fact fact(String name, Optional<String> value) {
        return new Fact(name, value.orElse(""));
    }

    private static Optional<String> joined(List<String> words) {
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", words));
    }

    private static String origin(Facts.TokenOrigin origin) {
        return switch (origin) {
            case ISSUED -> "issued now";
            case CACHED -> "kept from before";
            case SHARED -> "shared with another connection";
        };
    }

    private static String sentence(Mismatch mismatch) {
        return switch (mismatch.kind()) {
            case EXPIRED -> "It ended at " + mismatch.found() + ".";
            case NOT_YET_VALID -> "It is not valid before " + mismatch.found() + ".";
            case AUDIENCE -> "It is for " + mismatch.found() + "; wanted is " + mismatch.wanted() + ".";
            case SCOPE -> "It allows " + mismatch.found() + "; wanted is " + mismatch.wanted() + ".";
            case TENANT -> "It is of the tenant " + mismatch.found() + "; wanted is " + mismatch.wanted() + ".";
            case USER -> "It speaks for " + mismatch.found() + ", not for “" + mismatch.wanted() + "”.";
        };
    }

    private String at(DateTimeFormatter format, Instant instant) {
        return format.format(instant.atZone(zone));
    }
}
