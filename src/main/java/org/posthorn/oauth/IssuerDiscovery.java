package org.posthorn.oauth;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.OauthEndpoints;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.http.HttpRequest;
import org.posthorn.transport.http.HttpResponse;

/** Looks up at an issuer what was not typed (OpenID Connect Discovery 1.0 §4, RFC 8414 §3). */
final class IssuerDiscovery {
    private final OauthEndpoints typed;
    private final Acquisition acquisition;
    private Optional<Json> metadata = Optional.empty();

    IssuerDiscovery(OauthEndpoints typed, Acquisition acquisition) {
        this.typed = typed;
        this.acquisition = acquisition;
    }

    URI token() throws FailureException {
        return endpoint(typed.token(), "token_endpoint", "token endpoint");
    }

    URI authorization() throws FailureException {
        return endpoint(typed.authorization(), "authorization_endpoint", "authorization endpoint");
    }

    URI deviceAuthorization() throws FailureException {
        return endpoint(typed.deviceAuthorization(), "device_authorization_endpoint", "device authorization endpoint");
    }

    /** Whether the token endpoint is known to take the client secret in the header alone. */
    boolean wantsBasic() {
        List<String> methods = metadata.map(json -> json.texts("token_endpoint_auth_methods_supported"))
                .orElse(List.of());
        return methods.contains("client_secret_basic") && !methods.contains("client_secret_post");
    }

    private URI endpoint(Optional<String> typedUri, String member, String label) throws FailureException {
        if (typedUri.isPresent()) {
            return uri(typedUri.get(), label);
        }
        String issuer =
                typed.issuer().orElseThrow(() -> unusable("Type the " + label + " or an issuer to look it up at."));
        if (metadata.isEmpty()) {
            metadata = Optional.of(read(issuer));
        }
        String found = metadata.get()
                .text(member)
                .orElseThrow(() ->
                        unusable("The issuer " + issuer + " names no " + label + "; type it, or choose another flow."));
        return uri(found, label);
    }

    private Json read(String issuer) throws FailureException {
        URI base = uri(issuer, "issuer");
        URI openid = URI.create(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
        HttpResponse response = acquisition.send(HttpRequest.get(openid, "application/json"));
        Optional<Json> json = Json.of(response).filter(_ -> response.status() == 200);
        if (json.isEmpty()) {
            URI oauth = base.resolve("/.well-known/oauth-authorization-server"
                    + base.getRawPath().replaceFirst("/$", ""));
            HttpResponse second = acquisition.send(HttpRequest.get(oauth, "application/json"));
            json = Json.of(second).filter(_ -> second.status() == 200);
        }
        Json found = json.orElseThrow(() ->
                new FailureException(OauthError.unusable(openid, response, "description of an authorization server")));
        checkIssuer(issuer, found);
        return found;
    }

    /** RFC 8414 §3.3: another's metadata is not believed. Microsoft's common tenant names a placeholder. */
    private static void checkIssuer(String issuer, Json found) throws FailureException {
        String named = found.text("issuer").orElse("");
        if (!named.replaceFirst("/$", "").equals(issuer.replaceFirst("/$", "")) && !named.contains("{tenantid}")) {
            throw unusable(
                    "The issuer " + issuer + " calls itself “" + named + "”; type the issuer as it calls itself.");
        }
    }

    private static URI uri(String text, String label) throws FailureException {
        try {
            URI uri = URI.create(text.strip());
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Told below, in the same words.
        }
        throw unusable("“" + text + "” cannot be the " + label + "; it begins with https:// and names a host.");
    }

    private static FailureException unusable(String sentence) {
        return new FailureException(new Failure.TokenSettingsUnusable(sentence));
    }
}
