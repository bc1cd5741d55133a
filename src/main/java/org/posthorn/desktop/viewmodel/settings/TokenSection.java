package org.posthorn.desktop.viewmodel.settings;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.posthorn.account.CommandWords;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.OauthClient;
import org.posthorn.account.OauthEndpoints;
import org.posthorn.account.Secret;
import org.posthorn.account.TokenFlow;
import org.posthorn.account.TokenSettings;
import org.posthorn.desktop.viewmodel.settings.TextSetting.Width;
import org.posthorn.oauth.OauthPreset;

/** Where access tokens come from. */
final class TokenSection {
    private static final TokenFlow[] ALL_BUT_COMMAND = {
        TokenFlow.AUTHORIZATION_CODE, TokenFlow.DEVICE_CODE, TokenFlow.CLIENT_CREDENTIALS, TokenFlow.REFRESH
    };

    private final TextSetting scope = client(Field.SCOPE, OauthClient::scope, OauthClient::withScope);
    private final TextSetting issuer = endpoint(Field.ISSUER, OauthEndpoints::issuer, OauthEndpoints::withIssuer);
    private final TextSetting authorization =
            endpoint(Field.AUTHORIZATION_ENDPOINT, OauthEndpoints::authorization, OauthEndpoints::withAuthorization);
    private final TextSetting token = endpoint(Field.TOKEN_ENDPOINT, OauthEndpoints::token, OauthEndpoints::withToken);
    private final TextSetting device = endpoint(
            Field.DEVICE_ENDPOINT, OauthEndpoints::deviceAuthorization, OauthEndpoints::withDeviceAuthorization);

    private TokenSection() {}

    static SettingSection of() {
        return new TokenSection().section();
    }

    private SettingSection section() {
        return new SettingSection(
                "OAuth token provider",
                "",
                List.of(
                        flow(),
                        new PresetSetting(OauthPreset.all(), this::fillIn)
                                .withoutDefault()
                                .when(uses(ALL_BUT_COMMAND)),
                        client(Field.CLIENT_ID, OauthClient::id, OauthClient::withId)
                                .hint("of your own registration with the provider")
                                .when(uses(ALL_BUT_COMMAND)),
                        clientSecret(),
                        refreshToken(),
                        assertionKey(),
                        scope.withoutDefault().when(uses(ALL_BUT_COMMAND)),
                        issuer.prompt("where endpoints that are not typed are looked up")
                                .withoutDefault()
                                .when(uses(ALL_BUT_COMMAND)),
                        authorization.withoutDefault().when(uses(TokenFlow.AUTHORIZATION_CODE)),
                        token.withoutDefault().when(uses(ALL_BUT_COMMAND)),
                        device.withoutDefault().when(uses(TokenFlow.DEVICE_CODE)),
                        command()));
    }

    /** The token endpoint goes first: it decides whose the endpoints are. */
    private void fillIn(OauthPreset preset, Endpoint endpoint) {
        OauthClient filled = preset.apply(OauthClient.none(), endpoint.protocol());
        token.valueProperty().set(filled.endpoints().token().orElse(""));
        authorization.valueProperty().set(filled.endpoints().authorization().orElse(""));
        device.valueProperty().set(filled.endpoints().deviceAuthorization().orElse(""));
        issuer.valueProperty().set("");
        scope.valueProperty().set(filled.scope());
    }

    private static SettingField<TokenFlow> flow() {
        return ChoiceSetting.fixed(
                        Field.TOKEN_FLOW,
                        lens(
                                TokenSettings::flow,
                                TokenFlow.AUTHORIZATION_CODE,
                                (settings, flow) -> TokenSettings.of(flow, settings.client())),
                        Arrays.stream(TokenFlow.values())
                                .map(flow -> new Option<>(flow, flow.label()))
                                .toList())
                .withoutDefault()
                .when(uses(TokenFlow.values()));
    }

    private static SettingField<Secret> clientSecret() {
        Lens<Secret> lens = lens(
                settings -> settings.client().secret(),
                Secret.of(""),
                (settings, secret) -> settings.withClient(settings.client().withSecret(secret)));
        return new SecretSetting(Field.CLIENT_SECRET, lens)
                .hint("where the registration has one")
                .withoutDefault()
                .when(uses(ALL_BUT_COMMAND));
    }

    private static SettingField<Secret> refreshToken() {
        Lens<Secret> lens = lens(TokenSettings::refreshToken, Secret.of(""), TokenSettings::withRefreshToken);
        return new SecretSetting(Field.REFRESH_TOKEN, lens)
                .withoutDefault()
                .when(uses(TokenFlow.REFRESH).or(TokenSection::hasSignedIn));
    }

    /** Whether the refresh token of a sign-in is there; emptied, it makes the next test ask for another sign-in. */
    private static boolean hasSignedIn(Endpoint endpoint) {
        return settings(endpoint)
                .filter(settings -> settings.flow().needsPerson()
                        && !settings.refreshToken().isEmpty())
                .isPresent();
    }

    static Endpoint renewed(Endpoint endpoint, Secret next) {
        return endpoint.login() instanceof Login.TokenProvider provider
                ? endpoint.withLogin(provider.withSettings(provider.settings().withRefreshToken(next)))
                : endpoint;
    }

    private static SettingField<String> assertionKey() {
        TextFormat<Optional<Path>> format = TextFormat.file();
        Lens<Optional<Path>> lens = lens(
                settings ->
                        settings instanceof TokenSettings.ClientCredentials own ? own.assertionKey() : Optional.empty(),
                Optional.empty(),
                (settings, key) -> settings instanceof TokenSettings.ClientCredentials own
                        ? new TokenSettings.ClientCredentials(own.client(), key)
                        : settings);
        return new TextSetting(Field.ASSERTION_KEY, Width.LONG, format, lens)
                .prompt("a PEM file with a certificate and its key, in place of the secret")
                .withoutDefault()
                .when(uses(TokenFlow.CLIENT_CREDENTIALS));
    }

    private static SettingField<String> command() {
        TextFormat<List<String>> format = new TextFormat<>(
                CommandWords::join,
                CommandWords::split,
                "Close the double quote, or put the whole word into double quotes.");
        Lens<List<String>> lens = lens(
                settings -> settings instanceof TokenSettings.Command(List<String> arguments) ? arguments : List.of(),
                List.of(),
                (settings, words) ->
                        settings instanceof TokenSettings.Command ? new TokenSettings.Command(words) : settings);
        return new TextSetting(Field.TOKEN_COMMAND, Width.LONG, format, lens)
                .prompt("a program that prints a token, with its arguments")
                .hint("run without a shell; it prints the token, or JSON with access_token and expires_in")
                .withoutDefault()
                .when(uses(TokenFlow.COMMAND));
    }

    private static TextSetting client(
            Field field, Function<OauthClient, String> get, BiFunction<OauthClient, String, OauthClient> put) {
        Lens<String> lens = lens(
                settings -> get.apply(settings.client()),
                "",
                (settings, text) -> settings.withClient(put.apply(settings.client(), text)));
        return new TextSetting(field, Width.LONG, TextFormat.plain(), lens);
    }

    private static TextSetting endpoint(
            Field field,
            Function<OauthEndpoints, Optional<String>> get,
            BiFunction<OauthEndpoints, Optional<String>, OauthEndpoints> put) {
        Lens<Optional<String>> lens = lens(
                settings -> get.apply(settings.client().endpoints()),
                Optional.empty(),
                (settings, uri) -> settings.withClient(settings.client()
                        .withEndpoints(put.apply(settings.client().endpoints(), uri))));
        return new TextSetting(field, Width.LONG, TextFormat.optional(), lens);
    }

    private static Predicate<Endpoint> uses(TokenFlow... flows) {
        Set<TokenFlow> any = Set.of(flows);
        return endpoint -> settings(endpoint)
                .filter(settings -> any.contains(settings.flow()))
                .isPresent();
    }

    private static Optional<TokenSettings> settings(Endpoint endpoint) {
        return Stream.of(endpoint.login())
                .filter(Login.TokenProvider.class::isInstance)
                .map(Login.TokenProvider.class::cast)
                .map(Login.TokenProvider::settings)
                .findFirst();
    }

    private static <V> Lens<V> lens(
            Function<TokenSettings, V> get, V absent, BiFunction<TokenSettings, V, TokenSettings> put) {
        return new Lens<>(
                endpoint -> settings(endpoint).map(get).orElse(absent),
                (endpoint, value) -> endpoint.login() instanceof Login.TokenProvider provider
                        ? endpoint.withLogin(provider.withSettings(put.apply(provider.settings(), value)))
                        : endpoint);
    }
}
