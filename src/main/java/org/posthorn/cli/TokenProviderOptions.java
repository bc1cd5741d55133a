package org.posthorn.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.CommandWords;
import org.posthorn.account.Login;
import org.posthorn.account.OauthClient;
import org.posthorn.account.OauthEndpoints;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TokenFlow;
import org.posthorn.account.TokenSettings;
import org.posthorn.oauth.OauthPreset;
import picocli.CommandLine.Option;

/** Where access tokens come from. The client secret and the refresh token are never arguments. */
final class TokenProviderOptions {
    private static final List<TokenFlow> FLOWS = List.of(TokenFlow.values());

    @Option(
            names = "--token-provider",
            paramLabel = "FLOW",
            description =
                    "Gets an OAuth access token: code (sign-in in the browser), device (a code to type elsewhere),"
                            + " client-credentials, refresh or command.")
    private @Nullable String flow;

    @Option(
            names = "--oauth-preset",
            paramLabel = "PROVIDER",
            description = "Endpoints and scope of a provider: google, microsoft, microsoft-app, yahoo, aol, fastmail,"
                    + " comcast, mailru or yandex.")
    private @Nullable String preset;

    @Option(names = "--client-id", paramLabel = "ID", description = "The client ID of your own registration.")
    private @Nullable String clientId;

    @Option(
            names = "--client-secret-env",
            paramLabel = "VARIABLE",
            description = "The client secret is in this variable.")
    private @Nullable String secretVariable;

    @Option(
            names = "--refresh-token-env",
            paramLabel = "VARIABLE",
            description = "The refresh token is in this variable.")
    private @Nullable String refreshVariable;

    @Option(
            names = "--assertion-key",
            paramLabel = "FILE",
            description = "A PEM file with a certificate and its key, which sign in place of a client secret.")
    private @Nullable Path assertionKey;

    @Option(names = "--issuer", paramLabel = "URL", description = "Where the endpoints are looked up.")
    private @Nullable String issuer;

    @Option(names = "--authorization-endpoint", paramLabel = "URL", description = "Where the browser is sent.")
    private @Nullable String authorization;

    @Option(names = "--token-endpoint", paramLabel = "URL", description = "Where tokens are issued.")
    private @Nullable String token;

    @Option(names = "--device-endpoint", paramLabel = "URL", description = "Where a device code is begun.")
    private @Nullable String device;

    @Option(names = "--scope", paramLabel = "SCOPES", description = "What is asked for, separated by blanks.")
    private @Nullable String scope;

    @Option(
            names = "--token-command",
            paramLabel = "COMMAND",
            description = "The program that prints an access token, with its arguments; run without a shell.")
    private @Nullable String command;

    boolean isGiven() {
        return flow != null;
    }

    /** The settings of a saved login, or none, changed by what was given; empty when it has no token provider. */
    Optional<TokenSettings> settings(Login saved, Protocol protocol, Map<String, String> environment) {
        Optional<TokenSettings> base =
                saved instanceof Login.TokenProvider provider ? Optional.of(provider.settings()) : Optional.empty();
        if (flow == null && base.isEmpty()) {
            if (Stream.of(
                                    preset,
                                    clientId,
                                    secretVariable,
                                    refreshVariable,
                                    issuer,
                                    authorization,
                                    token,
                                    device,
                                    scope)
                            .anyMatch(value -> value != null)
                    || assertionKey != null
                    || command != null) {
                throw new UsageMistake("options of a token provider go with --token-provider.");
            }
            return Optional.empty();
        }
        TokenSettings chosen = flow == null
                ? base.orElseThrow()
                : TokenSettings.of(
                        ServerOptions.choice("--token-provider", flow, FLOWS, TokenFlow::word),
                        base.map(TokenSettings::client).orElse(OauthClient.none()));
        return Optional.of(withDetails(chosen.withClient(client(chosen.client(), protocol, environment)), environment));
    }

    private TokenSettings withDetails(TokenSettings settings, Map<String, String> environment) {
        return switch (settings) {
            case TokenSettings.Refresh _, TokenSettings.AuthorizationCode _, TokenSettings.DeviceCode _ ->
                refreshVariable == null
                        ? settings
                        : settings.withRefreshToken(secret("--refresh-token-env", refreshVariable, environment));
            case TokenSettings.ClientCredentials(OauthClient client, Optional<Path> key) ->
                new TokenSettings.ClientCredentials(
                        client, Optional.ofNullable(assertionKey).or(() -> key));
            case TokenSettings.Command typed -> command == null ? typed : new TokenSettings.Command(words(command));
        };
    }

    private OauthClient client(OauthClient base, Protocol protocol, Map<String, String> environment) {
        OauthClient client = preset == null ? base : preset(preset).apply(base, protocol);
        client = clientId == null ? client : client.withId(clientId);
        client = scope == null ? client : client.withScope(scope);
        client = secretVariable == null
                ? client
                : client.withSecret(secret("--client-secret-env", secretVariable, environment));
        OauthEndpoints typed = client.endpoints();
        return client.withEndpoints(new OauthEndpoints(
                Optional.ofNullable(issuer).or(typed::issuer),
                Optional.ofNullable(authorization).or(typed::authorization),
                Optional.ofNullable(token).or(typed::token),
                Optional.ofNullable(device).or(typed::deviceAuthorization)));
    }

    private static OauthPreset preset(String name) {
        List<OauthPreset> all = OauthPreset.all();
        return all.stream()
                .filter(preset -> preset.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageMistake("--oauth-preset knows "
                        + all.stream().map(OauthPreset::name).collect(Collectors.joining(", ")) + "."));
    }

    private static Secret secret(String option, String variable, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(variable))
                .map(Secret::of)
                .orElseThrow(() -> new UsageMistake(option + " names a variable that is not set."));
    }

    private static List<String> words(String line) {
        return CommandWords.split(line)
                .orElseThrow(() -> new UsageMistake("--token-command has a double quote that is not closed."));
    }
}
