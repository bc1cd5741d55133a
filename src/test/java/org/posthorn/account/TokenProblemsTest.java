package org.posthorn.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenProblemsTest {
    private static final OauthClient CLIENT = OauthClient.none()
            .withId("id")
            .withEndpoints(new OauthEndpoints(
                    Optional.empty(),
                    Optional.of("https://login.test/authorize"),
                    Optional.of("https://login.test/token"),
                    Optional.of("https://login.test/device")));

    private static List<Field> fields(TokenSettings settings) {
        return Endpoint.of(Protocol.IMAP, "mail.example.org")
                .withLogin(Login.tokenProvider("alice", settings))
                .problems()
                .stream()
                .map(Problem::field)
                .toList();
    }

    @Test
    void findsNothingWrongWithWholeSettings() {
        OauthClient secret = CLIENT.withSecret(Secret.of("s"));
        for (TokenSettings settings : List.of(
                new TokenSettings.AuthorizationCode(CLIENT),
                new TokenSettings.DeviceCode(CLIENT),
                new TokenSettings.ClientCredentials(secret, Optional.empty()),
                new TokenSettings.Refresh(CLIENT, Secret.of("r")),
                new TokenSettings.Command(List.of("gettoken")))) {
            assertThat(fields(settings)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AUTHORIZATION_CODE, CLIENT_ID TOKEN_ENDPOINT AUTHORIZATION_ENDPOINT",
        "DEVICE_CODE, CLIENT_ID TOKEN_ENDPOINT DEVICE_ENDPOINT",
        "CLIENT_CREDENTIALS, CLIENT_ID TOKEN_ENDPOINT CLIENT_SECRET",
        "REFRESH, CLIENT_ID TOKEN_ENDPOINT REFRESH_TOKEN",
        "COMMAND, TOKEN_COMMAND"
    })
    void namesEachFieldThatAFlowNeeds(TokenFlow flow, String wanted) {
        assertThat(fields(TokenSettings.of(flow, OauthClient.none())))
                .extracting(Field::name)
                .containsExactlyElementsOf(Arrays.asList(wanted.split(" ", -1)));
    }

    @Test
    void takesAnIssuerInPlaceOfTheEndpoints() {
        OauthClient client = OauthClient.none()
                .withId("id")
                .withEndpoints(OauthEndpoints.none().withIssuer(Optional.of("https://login.test")));
        assertThat(fields(new TokenSettings.DeviceCode(client))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.test/token, true",
        "http://login.test/token, false",
        "http://127.0.0.1:8080/token, true",
        "http://localhost/token, true",
        "http://[::1]/token, true",
        "ftp://login.test/token, false",
        "login.test, false",
        "https://u:p@login.test/, false",
        "https://login.test/{tenant}/token, false",
        "https://login test, false"
    })
    void takesOnlyAddressesToWhichASecretMayGo(String address, boolean usable) {
        OauthClient client = CLIENT.withEndpoints(CLIENT.endpoints().withToken(Optional.of(address)));
        assertThat(fields(new TokenSettings.DeviceCode(client)).isEmpty()).isEqualTo(usable);
    }

    @Test
    void wantsAKeyThatCanBeRead() {
        assertThat(fields(new TokenSettings.ClientCredentials(CLIENT, Optional.of(Path.of("/no/such/key.pem")))))
                .containsExactly(Field.ASSERTION_KEY);
    }

    @Test
    void showsNoSecretAndForgetsThemForAFile() {
        TokenSettings settings =
                new TokenSettings.Refresh(CLIENT.withSecret(Secret.of("cl1ent")), Secret.of("r3fresh"));
        Login login = Login.tokenProvider("alice", settings);

        assertThat(login.toString()).doesNotContain("cl1ent", "r3fresh");
        assertThat(login.secrets()).containsExactlyInAnyOrder(Secret.of("cl1ent"), Secret.of("r3fresh"));
        assertThat(login.withoutSecrets().secrets()).allMatch(Secret::isEmpty);
    }
}
