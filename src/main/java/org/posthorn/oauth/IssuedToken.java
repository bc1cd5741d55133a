package org.posthorn.oauth;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.Secret;

/**
 * A token as it was issued.
 *
 * @param type usually {@code Bearer} (RFC 6750)
 * @param obtained when it was asked for
 * @param expiry when it runs out, as far as its provider has said
 * @param refreshToken what gets the next one without a person
 */
public record IssuedToken(
        Secret token, String type, Instant obtained, Optional<Instant> expiry, Optional<Secret> refreshToken) {
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(60);
    private static final int MARGIN_SHARE = 10;

    /** With the end that a JWT says itself where its provider has said none. */
    IssuedToken readingExpiry() {
        Optional<Instant> end =
                expiry.or(() -> TokenReading.of(token, Optional.empty()).expires());
        return new IssuedToken(token, type, obtained, end, refreshToken);
    }

    /** Whether it has run out; one without a known expiry never has. */
    public boolean expired(Instant now) {
        return expiry.filter(end -> !now.isBefore(end)).isPresent();
    }

    /** Whether it will be good for a login that begins now: not in its last minute, nor in the last tenth of its life. */
    boolean isFresh(Instant now) {
        return expiry.isEmpty() || now.isBefore(expiry.get().minus(margin(expiry.get())));
    }

    private Duration margin(Instant end) {
        Duration share = Duration.between(obtained, end).dividedBy(MARGIN_SHARE);
        return share.compareTo(LONGEST_MARGIN) < 0 ? share : LONGEST_MARGIN;
    }

    /** With the older refresh token where the answer brought no new one (RFC 6749 §6). */
    IssuedToken orRefreshToken(Optional<Secret> older) {
        return new IssuedToken(token, type, obtained, expiry, refreshToken.or(() -> older));
    }

    List<Secret> secrets() {
        return refreshToken.map(refresh -> List.of(token, refresh)).orElse(List.of(token));
    }
}
