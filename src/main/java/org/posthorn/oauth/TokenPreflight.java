package org.posthorn.oauth;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.account.Endpoint;
import org.posthorn.account.OauthClient;
import org.posthorn.account.Protocol;
import org.posthorn.timeline.TokenFacts;
import org.posthorn.timeline.TokenFacts.Mismatch;
import org.posthorn.timeline.TokenFacts.MismatchKind;

/**
 * Holds what a token says against the settings before it is sent. A mismatch is told and the token is sent all the same: what
 * counts in a test is the server's own answer.
 */
public final class TokenPreflight {
    /** Clocks are allowed to differ a little (RFC 7519 §4.1.4). */
    private static final Duration LEEWAY = Duration.ofSeconds(60);

    private static final List<String> MICROSOFT_HOSTS =
            List.of("outlook.com", "office365.com", "office.com", "hotmail.com", "live.com", "office365.us");

    /** The two names of Exchange Online's API, and its application identifier. */
    private static final List<String> MICROSOFT_AUDIENCES = List.of(
            "https://outlook.office.com", "https://outlook.office365.com", "00000002-0000-0ff1-ce00-000000000000");

    private static final Pattern TENANT =
            Pattern.compile("/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/|$)", Pattern.CASE_INSENSITIVE);

    private final TokenFacts token;
    private final List<Mismatch> found = new ArrayList<>();

    private TokenPreflight(TokenFacts token) {
        this.token = token;
    }

    /**
     * The token with what does not go with the settings.
     *
     * @param user the name that is sent with it
     * @param client for whom it was asked, where a provider did
     */
    public static TokenFacts of(
            TokenFacts token, Endpoint endpoint, String user, Optional<OauthClient> client, Instant now) {
        TokenPreflight preflight = new TokenPreflight(token);
        preflight.checkTimes(now);
        if (isMicrosoft(endpoint.hostName())) {
            preflight.checkAudience();
            preflight.checkRights(endpoint.protocol());
        }
        client.ifPresent(preflight::checkTenant);
        preflight.checkUser(user);
        return token.withMismatches(preflight.found);
    }

    private void checkTimes(Instant now) {
        token.expires()
                .filter(end -> now.isAfter(end.plus(LEEWAY)))
                .ifPresent(end -> add(MismatchKind.EXPIRED, end.toString(), "later than " + now));
        token.notBefore()
                .filter(start -> now.isBefore(start.minus(LEEWAY)))
                .ifPresent(start -> add(MismatchKind.NOT_YET_VALID, start.toString(), "earlier than " + now));
    }

    private void checkAudience() {
        boolean fits = token.audience().stream()
                .map(audience -> audience.replaceFirst("/$", "").toLowerCase(Locale.ROOT))
                .anyMatch(MICROSOFT_AUDIENCES::contains);
        if (token.jwt() && !token.audience().isEmpty() && !fits) {
            add(MismatchKind.AUDIENCE, String.join(", ", token.audience()), MICROSOFT_AUDIENCES.getFirst());
        }
    }

    /** A token of a person has scopes, one of an application alone has roles. */
    private void checkRights(Protocol protocol) {
        if (!token.jwt() || !found.stream().noneMatch(mismatch -> mismatch.kind() == MismatchKind.AUDIENCE)) {
            return;
        }
        boolean person = !token.scopes().isEmpty() || token.roles().isEmpty();
        List<String> rights = person ? token.scopes() : token.roles();
        String wanted = person ? scope(protocol) : role(protocol);
        if (rights.stream().noneMatch(wanted::equalsIgnoreCase)) {
            add(MismatchKind.SCOPE, rights.isEmpty() ? "none" : String.join(" ", rights), wanted);
        }
    }

    private static String scope(Protocol protocol) {
        return switch (protocol) {
            case IMAP -> "IMAP.AccessAsUser.All";
            case POP3 -> "POP.AccessAsUser.All";
            case SMTP -> "SMTP.Send";
        };
    }

    private static String role(Protocol protocol) {
        return switch (protocol) {
            case IMAP -> "IMAP.AccessAsApp";
            case POP3 -> "POP.AccessAsApp";
            case SMTP -> "SMTP.SendAsApp";
        };
    }

    /** Where the settings name one tenant, the token must not be another's. */
    private void checkTenant(OauthClient client) {
        Optional<String> wanted =
                client.endpoints().token().or(() -> client.endpoints().issuer()).flatMap(TokenPreflight::tenantIn);
        token.tenant()
                .filter(tenant -> wanted.isPresent() && !tenant.equalsIgnoreCase(wanted.get()))
                .ifPresent(tenant -> add(MismatchKind.TENANT, tenant, wanted.get()));
    }

    private static Optional<String> tenantIn(String uri) {
        Matcher tenant = TENANT.matcher(uri);
        return tenant.find() ? Optional.of(tenant.group(1)) : Optional.empty();
    }

    /** A token may name its user in several ways; one that fits is enough, and so is the part before the @ of either. */
    private void checkUser(String user) {
        boolean fits = token.users().stream().anyMatch(name -> sameUser(name, user));
        if (!token.users().isEmpty() && !user.isBlank() && !fits) {
            add(MismatchKind.USER, String.join(", ", token.users()), user);
        }
    }

    private static boolean sameUser(String one, String other) {
        String first = one.strip().toLowerCase(Locale.ROOT);
        String second = other.strip().toLowerCase(Locale.ROOT);
        return first.equals(second) || first.startsWith(second + "@") || second.startsWith(first + "@");
    }

    private static boolean isMicrosoft(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return MICROSOFT_HOSTS.stream().anyMatch(domain -> lower.equals(domain) || lower.endsWith("." + domain));
    }

    private void add(MismatchKind kind, String what, String wanted) {
        found.add(new Mismatch(kind, what, wanted));
    }
}
