package org.posthorn.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.TokenFacts;

/** What is known of a token, as JSON: its claims, never the token. */
final class TokenFactsJson {
    private TokenFactsJson() {}

    static Map<String, Object> of(Facts.TokenSought sought) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tokenProvider", sought.flow());
        json.put("origin", sought.origin().map(origin -> origin.name().toLowerCase(Locale.ROOT)));
        json.put("signIn", sought.signIn().map(TokenFactsJson::signIn));
        json.put(
                "requests",
                sought.requests().stream().map(TokenFactsJson::request).toList());
        json.put("token", sought.token().map(TokenFactsJson::of));
        return json;
    }

    static Map<String, Object> of(TokenFacts token) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("form", token.jwt() ? "jwt" : "opaque");
        json.put("issuer", token.issuer());
        json.put("audience", token.audience());
        json.put("scopes", token.scopes());
        json.put("roles", token.roles());
        json.put("notBefore", token.notBefore().map(Instant::toString));
        json.put("expires", token.expires().map(Instant::toString));
        json.put("tenant", token.tenant());
        json.put("users", token.users());
        json.put("client", token.client());
        json.put(
                "mismatches",
                token.mismatches().stream().map(TokenFactsJson::mismatch).toList());
        return json;
    }

    private static Map<String, Object> mismatch(TokenFacts.Mismatch mismatch) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("what", mismatch.kind().word());
        json.put("found", mismatch.found());
        json.put("wanted", mismatch.wanted());
        return json;
    }

    /** Without the code that is typed: whoever sees the output could use it. */
    private static Map<String, Object> signIn(Facts.SignIn signIn) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", signIn.address().replaceFirst("\\?.*", ""));
        json.put("until", signIn.until().toString());
        return json;
    }

    private static Map<String, Object> request(Facts.TokenRequest request) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("endpoint", request.endpoint());
        json.put("status", request.status());
        json.put("millis", FactsJson.millis(request.elapsed()));
        json.put("error", request.error());
        return json;
    }
}
