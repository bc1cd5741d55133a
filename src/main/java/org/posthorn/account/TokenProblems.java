package org.posthorn.account;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be wrong with the settings of a token provider before anything is sent. */
final class TokenProblems {
    private final List<Problem> found = new ArrayList<>();

    private TokenProblems() {}

    static List<Problem> of(TokenSettings settings) {
        TokenProblems problems = new TokenProblems();
        if (settings instanceof TokenSettings.Command(List<String> arguments)) {
            problems.checkCommand(arguments);
        } else {
            problems.checkClient(settings.client());
            problems.checkFlow(settings);
        }
        return problems.found;
    }

    private void checkCommand(List<String> arguments) {
        if (arguments.isEmpty() || arguments.getFirst().isBlank()) {
            error(Field.TOKEN_COMMAND, "Type the program that prints an access token, and its arguments.");
        }
    }

    private void checkClient(OauthClient client) {
        if (client.id().isBlank()) {
            error(Field.CLIENT_ID, "Type the client ID of your own registration with the provider.");
        }
        if (client.secret().hasOuterBlank()) {
            warning(
                    Field.CLIENT_SECRET,
                    "The client secret begins or ends with a blank or line break, and is sent so.");
        }
        OauthEndpoints endpoints = client.endpoints();
        checkUri(Field.ISSUER, endpoints.issuer());
        checkUri(Field.AUTHORIZATION_ENDPOINT, endpoints.authorization());
        checkUri(Field.TOKEN_ENDPOINT, endpoints.token());
        checkUri(Field.DEVICE_ENDPOINT, endpoints.deviceAuthorization());
    }

    private void checkFlow(TokenSettings settings) {
        OauthEndpoints endpoints = settings.client().endpoints();
        need(Field.TOKEN_ENDPOINT, endpoints.token(), endpoints);
        switch (settings) {
            case TokenSettings.AuthorizationCode _ ->
                need(Field.AUTHORIZATION_ENDPOINT, endpoints.authorization(), endpoints);
            case TokenSettings.DeviceCode _ -> need(Field.DEVICE_ENDPOINT, endpoints.deviceAuthorization(), endpoints);
            case TokenSettings.ClientCredentials(OauthClient client, Optional<Path> key) -> checkProof(client, key);
            case TokenSettings.Refresh(var _, Secret token) -> {
                if (token.isEmpty()) {
                    error(Field.REFRESH_TOKEN, "Paste the refresh token, or let the token come from the browser.");
                }
            }
            case TokenSettings.Command _ -> {}
        }
    }

    private void checkProof(OauthClient client, Optional<Path> key) {
        if (key.isEmpty() && client.secret().isEmpty()) {
            error(Field.CLIENT_SECRET, "Type the client secret, or choose the file of an assertion key.");
        }
        if (key.isPresent() && (!Files.isReadable(key.get()) || Files.isDirectory(key.get()))) {
            error(
                    Field.ASSERTION_KEY,
                    "The file “" + key.get() + "” cannot be read; choose a PEM file with a certificate and its key.");
        }
    }

    private void need(Field field, Optional<String> typed, OauthEndpoints endpoints) {
        if (typed.isEmpty() && endpoints.issuer().isEmpty()) {
            String label = field.label().substring(0, 1).toLowerCase(Locale.ROOT)
                    + field.label().substring(1);
            error(field, "Type the " + label + ", or an issuer where it is looked up.");
        }
    }

    private void checkUri(Field field, Optional<String> typed) {
        typed.flatMap(TokenProblems::wrong).ifPresent(sentence -> error(field, sentence));
    }

    private static Optional<String> wrong(String typed) {
        if (typed.contains("{")) {
            return Optional.of("Replace the part in braces, for example by the domain of your organisation.");
        }
        try {
            URI uri = new URI(typed.strip());
            if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
                return Optional.of("Type an address such as https://login.example.org/token.");
            }
            boolean here = HostNames.plain(uri.getHost()).matches("localhost|127(\\.\\d+){3}|::1");
            return "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && here)
                    ? Optional.empty()
                    : Optional.of("The address begins with https://; secrets would cross the network in the clear.");
        } catch (URISyntaxException _) {
            return Optional.of("Type an address such as https://login.example.org/token.");
        }
    }

    private void error(Field field, String sentence) {
        found.add(Problem.error(field, sentence));
    }

    private void warning(Field field, String sentence) {
        found.add(Problem.warning(field, sentence));
    }
}
