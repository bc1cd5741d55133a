package org.posthorn.account;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where a token provider gets its tokens from, by flow. A token that is pasted needs no provider: it is a login of its own. */
public sealed interface TokenSettings {

    /**
     * A sign-in in the browser of this machine (RFC 8252).
     *
     * @param refreshToken of the last sign-in, which spares the next one; empty before the first
     */
    record AuthorizationCode(OauthClient client, Secret refreshToken) implements TokenSettings {
        public AuthorizationCode(OauthClient client) {
            this(client, Secret.of(""));
        }
    }

    /**
     * A sign-in in a browser anywhere (RFC 8628).
     *
     * @param refreshToken of the last sign-in, which spares the next one; empty before the first
     */
    record DeviceCode(OauthClient client, Secret refreshToken) implements TokenSettings {
        public DeviceCode(OauthClient client) {
            this(client, Secret.of(""));
        }
    }

    /**
     * The application itself.
     *
     * @param assertionKey a PEM file with a private key and its certificate, which sign an assertion in place of the client
     *     secret (RFC 7523 §2.2)
     */
    record ClientCredentials(OauthClient client, Optional<Path> assertionKey) implements TokenSettings {}

    record Refresh(OauthClient client, Secret refreshToken) implements TokenSettings {}

    /**
     * A program, run without a shell.
     *
     * @param arguments the program and its arguments; none of them is a secret
     */
    record Command(List<String> arguments) implements TokenSettings {
        public Command {
            arguments = List.copyOf(arguments);
        }
    }

    default TokenFlow flow() {
        return switch (this) {
            case AuthorizationCode _ -> TokenFlow.AUTHORIZATION_CODE;
            case DeviceCode _ -> TokenFlow.DEVICE_CODE;
            case ClientCredentials _ -> TokenFlow.CLIENT_CREDENTIALS;
            case Refresh _ -> TokenFlow.REFRESH;
            case Command _ -> TokenFlow.COMMAND;
        };
    }

    /** The client; that of a command is nobody. */
    default OauthClient client() {
        return switch (this) {
            case AuthorizationCode(OauthClient client, var _) -> client;
            case DeviceCode(OauthClient client, var _) -> client;
            case ClientCredentials(OauthClient client, var _) -> client;
            case Refresh(OauthClient client, var _) -> client;
            case Command _ -> OauthClient.none();
        };
    }

    /** The same flow for another client. */
    default TokenSettings withClient(OauthClient client) {
        return switch (this) {
            case AuthorizationCode(var _, Secret token) -> new AuthorizationCode(client, token);
            case DeviceCode(var _, Secret token) -> new DeviceCode(client, token);
            case ClientCredentials(var _, Optional<Path> key) -> new ClientCredentials(client, key);
            case Refresh(var _, Secret token) -> new Refresh(client, token);
            case Command command -> command;
        };
    }

    /** What gets a token without a person (RFC 6749 §6); empty where there is none. */
    default Secret refreshToken() {
        return Secret.of("");
    }

    /** The same with another refresh token; a flow that has none stays as it is. */
    default TokenSettings withRefreshToken(Secret token) {
        return switch (this) {
            case AuthorizationCode(OauthClient client, var _) -> new AuthorizationCode(client, token);
            case DeviceCode(OauthClient client, var _) -> new DeviceCode(client, token);
            case Refresh(OauthClient client, var _) -> new Refresh(client, token);
            case ClientCredentials _, Command _ -> this;
        };
    }

    /** What must never be shown. */
    default List<Secret> secrets() {
        return switch (this) {
            case ClientCredentials _, Command _ -> List.of(client().secret());
            case AuthorizationCode _, DeviceCode _, Refresh _ -> List.of(client().secret(), refreshToken());
        };
    }

    /** The same without anything secret, as a file may hold it. */
    default TokenSettings withoutSecrets() {
        return withClient(client().withSecret(Secret.of(""))).withRefreshToken(Secret.of(""));
    }

    /** A flow for a client, its other settings still empty. */
    static TokenSettings of(TokenFlow flow, OauthClient client) {
        return switch (flow) {
            case AUTHORIZATION_CODE -> new AuthorizationCode(client);
            case DEVICE_CODE -> new DeviceCode(client);
            case CLIENT_CREDENTIALS -> new ClientCredentials(client, Optional.empty());
            case REFRESH -> new Refresh(client, Secret.of(""));
            case COMMAND -> new Command(List.of());
        };
    }
}
