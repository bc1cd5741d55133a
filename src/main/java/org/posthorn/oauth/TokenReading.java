package org.posthorn.oauth;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.posthorn.account.Secret;
import org.posthorn.timeline.TokenFacts;

/** Reads what an access token says of itself. Nothing is verified: that is the server's business, and it has the keys. */
public final class TokenReading {
    private static final List<String> USERS = List.of("upn", "preferred_username", "unique_name", "email", "username");

    private TokenReading() {}

    /**
     * What a token says.
     *
     * @param expiry what its provider said of its end, for tokens that do not say it
     */
    public static TokenFacts of(Secret token, Optional<Instant> expiry) {
        return claims(token.reveal()).map(json -> facts(json, expiry)).orElseGet(() -> TokenFacts.opaque(expiry));
    }

    private static Optional<Json> claims(String token) {
        String[] parts = token.split("\\.", -1);
        // Three parts are signed, five are encrypted and as good as opaque (RFC 7515 §3.1, RFC 7516 §3.1).
        if (parts.length != 3) {
            return Optional.empty();
        }
        return decoded(parts[0]).flatMap(Json::of).isPresent()
                ? decoded(parts[1]).flatMap(Json::of)
                : Optional.empty();
    }

    private static Optional<String> decoded(String part) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static TokenFacts facts(Json json, Optional<Instant> expiry) {
        return new TokenFacts(
                true,
                json.text("iss"),
                json.texts("aud"),
                scopes(json),
                json.texts("roles"),
                time(json.number("nbf")),
                time(json.number("exp")).or(() -> expiry),
                json.text("tid"),
                USERS.stream()
                        .flatMap(name -> json.text(name).stream())
                        .distinct()
                        .toList(),
                Stream.of("azp", "appid", "client_id")
                        .flatMap(name -> json.text(name).stream())
                        .findFirst(),
                List.of());
    }

    private static List<String> scopes(Json json) {
        return Stream.of("scp", "scope")
                .flatMap(name -> json.texts(name).stream())
                .flatMap(text -> Arrays.stream(text.strip().split(" +", -1)))
                .filter(scope -> !scope.isEmpty())
                .distinct()
                .toList();
    }

    private static Optional<Instant> time(OptionalLong seconds) {
        return seconds.isPresent() && Math.abs(seconds.getAsLong()) < Instant.MAX.getEpochSecond()
                ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong()))
                : Optional.empty();
    }
}
