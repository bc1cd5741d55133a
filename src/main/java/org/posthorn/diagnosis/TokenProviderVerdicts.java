package org.posthorn.diagnosis;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.TokenFlow;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;

/** No token came, so that nothing was sent to the mail server. */
final class TokenProviderVerdicts {
    /** What decides before the error's code does: codes of Microsoft, words of Google. */
    private static final List<Rule> WORDS = List.of(
            Rule.of(Cause.OAUTH_CLIENT_UNKNOWN)
                    .words(
                            "aadsts700016",
                            "aadsts7000112",
                            "client was not found",
                            "client not found",
                            "deleted_client"),
            Rule.of(Cause.OAUTH_CLIENT_SECRET_INVALID)
                    .words("aadsts7000215", "aadsts7000222", "aadsts700027", "client secret", "client_secret is"),
            Rule.of(Cause.OAUTH_FLOW_NOT_ALLOWED).words("aadsts7000218", "aadsts700054", "aadsts70002\\b"),
            Rule.of(Cause.OAUTH_MFA_REQUIRED).words("aadsts50076", "aadsts50079", "aadsts50074", "multi-?factor"),
            Rule.of(Cause.OAUTH_CONSENT_MISSING).words("aadsts65001", "aadsts65004", "aadsts90094"),
            Rule.of(Cause.SECURITY_POLICY_BLOCK).words("aadsts530\\d\\d", "aadsts53003", "conditional access"),
            Rule.of(Cause.OAUTH_TENANT_MISMATCH)
                    .words("aadsts50020", "aadsts90002", "aadsts90072", "aadsts50128", "aadsts50059", "aadsts700005"),
            Rule.of(Cause.OAUTH_REDIRECT_MISMATCH).words("aadsts50011", "redirect_?uri", "redirect url"),
            Rule.of(Cause.OAUTH_SCOPE_MISSING).words("aadsts70011", "aadsts1002012", "aadsts28000"),
            Rule.of(Cause.OAUTH_APP_IN_TESTING).words("verification process", "test users", "app is being tested"));

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final Situation situation;

    private TokenProviderVerdicts(Situation situation) {
        this.situation = situation;
    }

    static Verdict of(Situation situation, Failure.TokenRefused failure) {
        Verdict verdict = new TokenProviderVerdicts(situation).judge(failure);
        return verdict.with("endpoint", failure.endpoint()).with("error", failure.error());
    }

    private Verdict judge(Failure.TokenRefused failure) {
        String words = failure.error() + " " + failure.description().orElse("");
        return Rule.first(WORDS, Reply.of(words))
                .map(verdict -> refused(verdict.cause(), 0.9))
                .orElseGet(() -> byCode(failure));
    }

    private Verdict byCode(Failure.TokenRefused failure) {
        return switch (failure.error().toLowerCase(Locale.ROOT)) {
            case "invalid_client" -> notAuthenticated();
            case "deleted_client" -> refused(Cause.OAUTH_CLIENT_UNKNOWN, 0.9);
            // Keycloak's code for a wrong secret.
            case "unauthorized_client" ->
                failure.description().orElse("").contains("client credentials")
                        ? notAuthenticated()
                        : refused(Cause.OAUTH_FLOW_NOT_ALLOWED, 0.8);
            case "unsupported_grant_type", "unsupported_response_type" -> refused(Cause.OAUTH_FLOW_NOT_ALLOWED, 0.8);
            case "invalid_grant" ->
                flow().filter(TokenFlow.REFRESH::equals).isPresent()
                        ? refused(Cause.OAUTH_REFRESH_TOKEN_INVALID, 0.9)
                        : refused(Cause.OAUTH_REQUEST_MALFORMED, 0.6);
            case "invalid_scope" -> refused(Cause.OAUTH_SCOPE_MISSING, 0.85);
            case "redirect_uri_mismatch" -> refused(Cause.OAUTH_REDIRECT_MISMATCH, 0.95);
            case "access_denied", "authorization_declined", "consent_required" ->
                refused(Cause.OAUTH_CONSENT_MISSING, 0.85);
            case "interaction_required", "login_required" -> refused(Cause.OAUTH_MFA_REQUIRED, 0.7);
            case "expired_token", "code_expired" -> unfinished();
            case "server_error", "temporarily_unavailable" -> refused(Cause.SERVER_SIDE_FAILURE, 0.8);
            default -> refused(Cause.OAUTH_REQUEST_MALFORMED, 0.5);
        };
    }

    private static Verdict refused(Cause cause, double confidence) {
        Verdict verdict = Verdict.of(cause, "token", confidence);
        return field(cause).map(verdict::at).orElse(verdict);
    }

    private static Optional<Field> field(Cause cause) {
        return Optional.ofNullable(
                switch (cause) {
                    case OAUTH_CLIENT_UNKNOWN -> Field.CLIENT_ID;
                    case OAUTH_CLIENT_SECRET_INVALID -> Field.CLIENT_SECRET;
                    case OAUTH_REFRESH_TOKEN_INVALID -> Field.REFRESH_TOKEN;
                    case OAUTH_SCOPE_MISSING -> Field.SCOPE;
                    case OAUTH_FLOW_NOT_ALLOWED -> Field.TOKEN_FLOW;
                    case OAUTH_TENANT_MISMATCH -> Field.TOKEN_ENDPOINT;
                    default -> null;
                });
    }

    /** Many servers do not tell an unknown client from a wrong secret. */
    private Verdict notAuthenticated() {
        return secretGiven()
                ? refused(Cause.OAUTH_CLIENT_SECRET_INVALID, 0.7)
                : refused(Cause.OAUTH_CLIENT_UNKNOWN, 0.7);
    }

    private boolean secretGiven() {
        return situation.endpoint().login() instanceof Login.TokenProvider provider
                && !provider.settings().client().secret().isEmpty();
    }

    private Optional<TokenFlow> flow() {
        return situation.endpoint().login() instanceof Login.TokenProvider provider
                ? Optional.of(provider.settings().flow())
                : Optional.empty();
    }

    private static Verdict unfinished() {
        return Verdict.of(Cause.WEB_LOGIN_REQUIRED, "unfinished", 0.9).at(Field.TOKEN_FLOW);
    }

    static Verdict of(Failure.SignInUnfinished failure) {
        return switch (failure.end()) {
            case TIMED_OUT -> unfinished().seen(Phase.LOGIN, "system", failure.detail());
            case NOT_OURS, CODE_MISSING ->
                Verdict.of(Cause.OAUTH_REQUEST_MALFORMED, "answer", 0.8)
                        .at(Field.AUTHORIZATION_ENDPOINT)
                        .seen(Phase.LOGIN, "system", failure.detail());
            case NO_LISTENER -> settings("listener").at(Field.TOKEN_FLOW).seen(Phase.LOGIN, "system", failure.detail());
        };
    }

    static Verdict of(Failure.TokenSettingsUnusable failure) {
        return settings("token").at(Field.TOKEN_FLOW).with("detail", failure.detail());
    }

    static Verdict of(Failure.TokenCommandFailed failure) {
        return settings("command")
                .at(Field.TOKEN_COMMAND)
                .with("program", failure.program())
                .seen(Phase.LOGIN, "system", failure.detail());
    }

    private static Verdict settings(String variant) {
        return Verdict.of(Cause.SETTINGS_UNUSABLE, variant, 0.95);
    }

    static Verdict of(Situation situation, Failure.TokenEndpointFailed failure) {
        Optional<String> proxy = situation.endpoint().proxy().map(ProxySettings::host);
        Verdict verdict = failure.reason()
                .map(reason -> reached(reason, proxy))
                .orElseGet(() -> answered(
                        failure.answer().map(Failure.HttpAnswer::status).orElse(0)));
        return verdict.with("endpoint", failure.endpoint())
                .with("detail", failure.detail())
                .with("error", failure.serverText().orElse(failure.detail()))
                .with("proxy", proxy.orElse(""))
                .seen(Phase.LOGIN, "system", failure.reason().map(Failure::kind).orElse(failure.detail()));
    }

    /** By what the status of HTTP means (RFC 9110 §15.6, RFC 6585 §4). */
    private static Verdict answered(int status) {
        if (status == TOO_MANY_REQUESTS) {
            return Verdict.of(Cause.RATE_LIMITED, "token", 0.9);
        }
        return status >= SERVER_ERROR
                ? Verdict.of(Cause.SERVER_SIDE_FAILURE, "token", 0.8)
                : Verdict.of(Cause.PROTOCOL_VIOLATION, "token", 0.8).at(Field.TOKEN_ENDPOINT);
    }

    /** The same causes as with a mail server, in words that name the other one; behind a proxy it is the proxy that was dialled. */
    private static Verdict reached(Failure reason, Optional<String> proxy) {
        return switch (reason) {
            case Failure.HostNotFound lookup when proxy.equals(Optional.of(lookup.host())) -> proxyUnreached();
            case Failure.ConnectionRefused _, Failure.ConnectTimeout _, Failure.NetworkUnreachable _
            when proxy.isPresent() -> proxyUnreached();
            case Failure.HostNotFound _ -> at(Cause.DNS_NO_SUCH_HOST, 0.95);
            case Failure.NameServiceFailed _, Failure.NoAddressOfFamily _ -> at(Cause.DNS_TEMPORARY, 0.8);
            case Failure.ConnectionRefused _, Failure.NetworkUnreachable _, Failure.BindFailed _ ->
                at(Cause.CONNECTION_REFUSED, 0.85);
            case Failure.ConnectTimeout _ -> at(Cause.CONNECT_TIMEOUT_FIREWALL, 0.85);
            case Failure.CertificateRejected _, Failure.TlsSettingsUnusable _ -> at(Cause.CERT_UNTRUSTED, 0.9);
            case Failure.ProxyRefused _, Failure.ProxyMismatch _, Failure.ProxyTlsFailed _ ->
                at(Cause.PROXY_DENIED, 0.8).at(Field.PROXY);
            case Failure.ProtocolViolation _, Failure.TlsNotSpoken _, Failure.TooMuchReceived _ ->
                at(Cause.PROTOCOL_VIOLATION, 0.8);
            default -> at(Cause.CONNECTION_LOST, 0.7);
        };
    }

    private static Verdict proxyUnreached() {
        return Verdict.of(Cause.CONNECTION_REFUSED, "tokenProxy", 0.9).at(Field.PROXY);
    }

    private static Verdict at(Cause cause, double confidence) {
        return Verdict.of(cause, "token", confidence).at(Field.TOKEN_ENDPOINT);
    }
}
