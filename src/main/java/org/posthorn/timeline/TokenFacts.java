package org.posthorn.timeline;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an access token says of itself, never the token. Of an opaque one only its provider's word on the expiry is known.
 *
 * @param jwt whether it is a JSON Web Token that can be read (RFC 7519, RFC 9068); otherwise it is opaque
 * @param audience for whom it is
 * @param scopes what the person has allowed, in the claim scp or scope
 * @param roles what the application may do by itself
 * @param users who it speaks for, under the several names that a token may hold
 * @param client the application that asked for it
 * @param mismatches what does not go with the settings, found before anything is sent
 */
public record TokenFacts(
        boolean jwt,
        Optional<String> issuer,
        List<String> audience,
        List<String> scopes,
        List<String> roles,
        Optional<Instant> notBefore,
        Optional<Instant> expires,
        Optional<String> tenant,
        List<String> users,
        Optional<String> client,
        List<Mismatch> mismatches) {
    public TokenFacts {
        audience = List.copyOf(audience);
        scopes = List.copyOf(scopes);
        roles = List.copyOf(roles);
        users = List.copyOf(users);
        mismatches = List.copyOf(mismatches);
    }

    /** What does not go with the settings. */
    public enum MismatchKind {
        EXPIRED,
        NOT_YET_VALID,
        AUDIENCE,
        SCOPE,
        TENANT,
        USER;

        /** The name in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One thing that does not go with the settings.
     *
     * @param found what the token says
     * @param wanted what it would have to say
     */
    public record Mismatch(MismatchKind kind, String found, String wanted) {}

    /** A token that cannot be read. */
    public static TokenFacts opaque(Optional<Instant> expires) {
        return new TokenFacts(
                false,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                expires,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    public TokenFacts withMismatches(List<Mismatch> found) {
        return new TokenFacts(jwt, issuer, audience, scopes, roles, notBefore, expires, tenant, users, client, found);
    }
}
