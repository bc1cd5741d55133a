package org.posthorn.desktop.viewmodel.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.OauthClient;
import org.posthorn.account.OauthEndpoints;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TokenFlow;
import org.posthorn.account.TokenSettings;

class TokenSectionTest {
    private static final OauthClient CLIENT = new OauthClient(
            "id",
            Secret.of("s3cret"),
            new OauthEndpoints(
                    Optional.of("https://i.test"),
                    Optional.of("https://i.test/a"),
                    Optional.of("https://i.test/t"),
                    Optional.of("https://i.test/d")),
            "mail offline");

    private static Endpoint endpoint(TokenSettings settings) {
        return Endpoint.of(Protocol.IMAP, "mail.example.org").withLogin(Login.tokenProvider("alice", settings));
    }

    private static SettingsViewModel form(TokenSettings settings) {
        return new SettingsViewModel(endpoint(settings), _ -> true);
    }

    private static TokenSettings built(SettingsViewModel form) {
        return ((Login.TokenProvider) form.current().login()).settings();
    }

    private static void type(SettingsViewModel form, Field field, String text) {
        ((TextSetting) form.field(field).orElseThrow()).valueProperty().set(text);
    }

    private static void choose(SettingsViewModel form, Field field, String label) {
        choose((ChoiceSetting<?>) form.field(field).orElseThrow(), label);
    }

    private static <T> void choose(ChoiceSetting<T> setting, String label) {
        setting.options().stream()
                .filter(option -> option.label().equals(label))
                .forEach(option -> setting.valueProperty().set(option.value()));
    }

    private static String text(SettingsViewModel form, Field field) {
        return ((TextSetting) form.field(field).orElseThrow()).value();
    }

    private static String preset(SettingsViewModel form) {
        return label((ChoiceSetting<?>) form.field(Field.OAUTH_PRESET).orElseThrow());
    }

    private static <T> String label(ChoiceSetting<T> setting) {
        return setting.options().stream()
                .filter(option -> option.value().equals(setting.value()))
                .map(Option::label)
                .findFirst()
                .orElse("");
    }

    @Test
    void buildsTheSettingsThatItWasFilledWith() {
        for (TokenSettings settings : List.of(
                new TokenSettings.AuthorizationCode(CLIENT),
                new TokenSettings.DeviceCode(CLIENT),
                new TokenSettings.ClientCredentials(CLIENT, Optional.of(Path.of("/etc/key.pem"))),
                new TokenSettings.Refresh(CLIENT, Secret.of("r3fresh")),
                new TokenSettings.Command(List.of("gettoken", "a b")))) {
            assertThat(built(form(settings))).isEqualTo(settings);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AUTHORIZATION_CODE, OAUTH_PRESET CLIENT_ID CLIENT_SECRET SCOPE ISSUER AUTHORIZATION_ENDPOINT TOKEN_ENDPOINT",
        "DEVICE_CODE, OAUTH_PRESET CLIENT_ID CLIENT_SECRET SCOPE ISSUER TOKEN_ENDPOINT DEVICE_ENDPOINT",
        "CLIENT_CREDENTIALS, OAUTH_PRESET CLIENT_ID CLIENT_SECRET ASSERTION_KEY SCOPE ISSUER TOKEN_ENDPOINT",
        "REFRESH, OAUTH_PRESET CLIENT_ID CLIENT_SECRET REFRESH_TOKEN SCOPE ISSUER TOKEN_ENDPOINT",
        "COMMAND, TOKEN_COMMAND"
    })
    void showsWhatAFlowNeedsAndNothingElse(TokenFlow flow, String fields) {
        SettingsViewModel form = form(TokenSettings.of(flow, CLIENT));
        SettingSection section = form.sections().stream()
                .filter(each -> each.title().equals("OAuth token provider"))
                .findFirst()
                .orElseThrow();

        assertThat(section.fields().stream()
                        .filter(field -> field.visibleProperty().get())
                        .map(field -> field.field().name()))
                .containsExactlyElementsOf(Arrays.asList(("TOKEN_FLOW " + fields).split(" ", -1)));
    }

    @Test
    void isHiddenWithAnotherLogin() {
        SettingsViewModel form =
                new SettingsViewModel(Endpoint.of(Protocol.IMAP, "h").withLogin(Login.none()), _ -> true);
        assertThat(form.field(Field.TOKEN_FLOW).orElseThrow().visibleProperty().get())
                .isFalse();

        choose(form, Field.LOGIN, "OAuth");
        assertThat(form.field(Field.TOKEN_FLOW).orElseThrow().visibleProperty().get())
                .isTrue();
        assertThat(built(form)).isEqualTo(TokenSettings.of(TokenFlow.AUTHORIZATION_CODE, OauthClient.none()));
    }

    @Test
    void aChosenProviderFillsInItsEndpointsAndTheScopeOfTheProtocol() {
        SettingsViewModel form = form(new TokenSettings.DeviceCode(CLIENT));
        assertThat(preset(form)).isEqualTo("Typed below");

        choose(form, Field.OAUTH_PRESET, "Microsoft");

        assertThat(built(form))
                .isEqualTo(new TokenSettings.DeviceCode(new OauthClient(
                        "id",
                        Secret.of("s3cret"),
                        new OauthEndpoints(
                                Optional.empty(),
                                Optional.of("https://login.microsoftonline.com/common/oauth2/v2.0/authorize"),
                                Optional.of("https://login.microsoftonline.com/common/oauth2/v2.0/token"),
                                Optional.of("https://login.microsoftonline.com/common/oauth2/v2.0/devicecode")),
                        "https://outlook.office.com/IMAP.AccessAsUser.All offline_access")));
        assertThat(preset(form)).isEqualTo("Microsoft");
        assertThat(form.field(Field.OAUTH_PRESET).orElseThrow().hintProperty().get())
                .contains("http://localhost");
    }

    @Test
    void whatIsChangedByHandIsNoLongerTheProviders() {
        SettingsViewModel form = form(new TokenSettings.AuthorizationCode(CLIENT));
        choose(form, Field.OAUTH_PRESET, "Google");
        type(form, Field.TOKEN_ENDPOINT, "https://own.test/token");

        assertThat(preset(form)).isEqualTo("Typed below");
        assertThat(text(form, Field.AUTHORIZATION_ENDPOINT)).isEqualTo("https://accounts.google.com/o/oauth2/auth");
    }

    @Test
    void keepsAScopeOfOnesOwnWithAProvidersEndpoints() {
        SettingsViewModel first = form(new TokenSettings.AuthorizationCode(CLIENT));
        choose(first, Field.OAUTH_PRESET, "Google");
        type(first, Field.SCOPE, "mine");

        SettingsViewModel again = form(built(first));

        assertThat(preset(again)).isEqualTo("Google");
        assertThat(text(again, Field.SCOPE)).isEqualTo("mine");
    }

    @Test
    void asksForTheTenantOfAnApplication() {
        SettingsViewModel form = form(new TokenSettings.ClientCredentials(CLIENT, Optional.empty()));
        choose(form, Field.OAUTH_PRESET, "Microsoft, app only");
        assertThat(form.field(Field.TOKEN_ENDPOINT)
                        .orElseThrow()
                        .problemProperty()
                        .get())
                .isPresent();

        type(form, Field.TOKEN_ENDPOINT, text(form, Field.TOKEN_ENDPOINT).replace("{tenant}", "contoso.test"));
        assertThat(form.field(Field.TOKEN_ENDPOINT)
                        .orElseThrow()
                        .problemProperty()
                        .get())
                .isEmpty();
        assertThat(preset(form)).isEqualTo("Microsoft, app only");
    }

    @Test
    void saysThatAQuoteIsOpen() {
        SettingsViewModel form = form(new TokenSettings.Command(List.of("gettoken")));
        type(form, Field.TOKEN_COMMAND, "gettoken \"a b");

        assertThat(form.field(Field.TOKEN_COMMAND)
                        .orElseThrow()
                        .problemProperty()
                        .get())
                .isPresent();
        assertThat(form.hasUnreadable()).isTrue();
    }

    @Test
    void anotherFlowKeepsTheClient() {
        SettingsViewModel form = form(new TokenSettings.DeviceCode(CLIENT));
        choose(form, Field.TOKEN_FLOW, "Browser");

        assertThat(built(form)).isEqualTo(new TokenSettings.AuthorizationCode(CLIENT));
    }
}
