package org.posthorn.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import org.posthorn.account.TokenSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who logs in. A password or token is never an argument: other users of the machine can read those. */
final class LoginOptions {
    @Option(names = "--user", paramLabel = "NAME", description = "The user name. Without one there is no login.")
    private @Nullable String user;

    @ArgGroup(exclusive = true)
    private Source source = new Source();

    @Mixin
    private TokenProviderOptions provider = new TokenProviderOptions();

    @Option(
            names = "--current-user",
            description = "Logs in as the user of the operating system, by a Kerberos ticket.")
    private boolean currentUser;

    @Option(
            names = "--mechanism",
            paramLabel = "NAME",
            split = ",",
            description = "The one mechanism to send: a SASL name such as PLAIN or SCRAM-SHA-256, IMAP-LOGIN (the"
                    + " command) USER (POP3 USER and PASS) or APOP; without it the first in common with the server. Of"
                    + " several, in order, the first that the server offers.")
    private List<String> mechanisms = List.of();

    @Option(
            names = "--authorization-id",
            paramLabel = "NAME",
            description = "The identity to act as, where it is another than the one that logs in.")
    private @Nullable String authorizationId;

    @Option(names = "--no-login", description = "Ends after the capabilities, without a login.")
    private boolean noLogin;

    /** One of three ways to hand over a password, or an access token. */
    static final class Source {
        @Option(names = "--password-env", paramLabel = "VARIABLE", description = "The password is in this variable.")
        private @Nullable String passwordVariable;

        @Option(names = "--password-file", paramLabel = "FILE", description = "The password is in this file.")
        private @Nullable Path passwordFile;

        @Option(names = "--password-stdin", description = "The password comes on standard input.")
        private boolean passwordOnInput;

        @Option(
                names = "--token-env",
                paramLabel = "VARIABLE",
                description = "An OAuth access token is in this variable.")
        private @Nullable String tokenVariable;

        @Option(names = "--token-file", paramLabel = "FILE", description = "An OAuth access token is in this file.")
        private @Nullable Path tokenFile;

        @Option(names = "--token-stdin", description = "An OAuth access token comes on standard input.")
        private boolean tokenOnInput;

        boolean isGiven() {
            return passwordVariable != null
                    || passwordFile != null
                    || tokenVariable != null
                    || tokenFile != null
                    || readsInput();
        }

        boolean readsInput() {
            return passwordOnInput || tokenOnInput;
        }

        Optional<Secret> password(Console console) {
            return new SecretSource("--password", passwordVariable, passwordFile, passwordOnInput).read(console);
        }

        Optional<Secret> token(Console console) {
            return new SecretSource("--token", tokenVariable, tokenFile, tokenOnInput).read(console);
        }
    }

    boolean login() {
        return !noLogin;
    }

    /** Whether there is to be a login whose secret these options do not bring along. */
    boolean lacksSecret() {
        return !noLogin && !source.isGiven();
    }

    boolean readsInput() {
        return source.readsInput();
    }

    Endpoint apply(Endpoint base, Console console) {
        if (noLogin) {
            return base.withLogin(Login.none());
        }
        Optional<Login.Credentials> given = given(base, console);
        if (given.isEmpty()) {
            if (!mechanisms.isEmpty() || authorizationId != null) {
                throw withoutUser();
            }
            return base;
        }
        return base.withLogin(complete(given.get()));
    }

    /** The saved login with the secret that came with the command, or one of the command alone. */
    private Optional<Login.Credentials> given(Endpoint base, Console console) {
        Login saved = base.login();
        if (currentUser) {
            if (user != null || source.isGiven() || provider.isGiven()) {
                throw new UsageMistake("--current-user goes without --user, password and token.");
            }
            return Optional.of(saved instanceof Login.CurrentUser login ? login : Login.currentUser());
        }
        Optional<Secret> password = source.password(console);
        Optional<Secret> token = source.token(console);
        Optional<TokenSettings> settings = provider.settings(saved, base.protocol(), console.environment());
        if (provider.isGiven() && (password.isPresent() || token.isPresent())) {
            throw new UsageMistake("--token-provider gets the token: leave away the password or token.");
        }
        if (settings.isPresent() && password.isEmpty() && token.isEmpty()) {
            return Optional.of(
                    saved instanceof Login.TokenProvider login
                            ? login.withSettings(settings.get())
                            : Login.tokenProvider(userOf(saved), settings.get()));
        }
        if (token.isPresent()) {
            return Optional.of(
                    saved instanceof Login.AccessToken login
                            ? login.withToken(token.get())
                            : Login.accessToken(userOf(saved), token.get()));
        }
        if (password.isPresent()) {
            return Optional.of(
                    saved instanceof Login.Password login
                            ? login.withPassword(password.get())
                            : Login.password(userOf(saved), password.get()));
        }
        return switch (saved) {
            case Login.Credentials credentials -> Optional.of(credentials);
            case Login.None _ -> user == null && needsUser() ? Optional.empty() : Optional.of(withoutPassword());
        };
    }

    /** EXTERNAL without a name asks for the identity of the client certificate, and ANONYMOUS for none. */
    private boolean needsUser() {
        return withoutPassword().withSasl(sasl(SaslSettings.automatic())).needsPassword();
    }

    private Login.Password withoutPassword() {
        return new Login.Password(Optional.ofNullable(user).orElse(""), Secret.of(""), SaslSettings.automatic());
    }

    private String userOf(Login saved) {
        if (saved instanceof Login.Named named) {
            return named.user();
        }
        return Optional.ofNullable(user).orElseThrow(LoginOptions::withoutUser);
    }

    private Login.Credentials complete(Login.Credentials given) {
        Login.Credentials named = user != null && given instanceof Login.Named login ? login.withUser(user) : given;
        Login.Credentials login = named.withSasl(sasl(named.sasl()));
        if (lacksSecret(login)) {
            throw new UsageMistake(
                    "a login needs a password; add --password-env, --password-file or --password-stdin, the same with"
                            + " --token for an access token, or --no-login.");
        }
        return login;
    }

    private SaslSettings sasl(SaslSettings saved) {
        SaslSettings chosen = mechanisms.isEmpty() ? saved : saved.withMechanisms(mechanisms);
        return authorizationId == null ? chosen : chosen.withAuthorizationId(Optional.of(authorizationId));
    }

    private static boolean lacksSecret(Login.Credentials login) {
        return switch (login) {
            case Login.CurrentUser _ -> false;
            case Login.Password password ->
                password.needsPassword() && password.password().isEmpty();
            case Login.AccessToken token -> token.token().isEmpty();
            // What it lacks is told by the endpoint's own problems.
            case Login.TokenProvider _ -> false;
        };
    }

    private static UsageMistake withoutUser() {
        return new UsageMistake("a login needs a user name; add --user NAME.");
    }
}
