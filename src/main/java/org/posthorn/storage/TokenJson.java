package org.posthorn.storage;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.OauthClient;
import org.posthorn.account.OauthEndpoints;
import org.posthorn.account.Secret;
import org.posthorn.account.TokenFlow;
import org.posthorn.account.TokenSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** A token provider in the account file: everything but its client secret and its refresh token. */
final class TokenJson {
    private static final List<String> MEMBERS = List.of(
            "flow",
            "clientId",
            "clientSecret",
            "refreshToken",
            "issuer",
            "authorizationEndpoint",
            "tokenEndpoint",
            "deviceEndpoint",
            "scope",
            "assertionKey",
            "command");

    private TokenJson() {}

    static TokenSettings read(Node node) throws UnreadableEntry {
        String word = node.text("flow").orElse(TokenFlow.AUTHORIZATION_CODE.word());
        TokenFlow flow = Arrays.stream(TokenFlow.values())
                .filter(value -> value.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new UnreadableEntry("the token provider “" + word + "” is unknown"));
        OauthClient client = new OauthClient(
                node.text("clientId").orElse(""),
                Secret.of(""),
                new OauthEndpoints(
                        node.text("issuer"),
                        node.text("authorizationEndpoint"),
                        node.text("tokenEndpoint"),
                        node.text("deviceEndpoint")),
                node.text("scope").orElse(""));
        return switch (flow) {
            case CLIENT_CREDENTIALS -> new TokenSettings.ClientCredentials(client, key(node));
            case COMMAND -> new TokenSettings.Command(command(node));
            case AUTHORIZATION_CODE, DEVICE_CODE, REFRESH -> TokenSettings.of(flow, client);
        };
    }

    /** Secrets that somebody has written into the file by hand are taken out. */
    static void write(Optional<TokenSettings> settings, Node node) {
        node.json().remove(MEMBERS);
        settings.ifPresent(provider -> write(provider, node));
    }

    private static void write(TokenSettings settings, Node node) {
        node.put("flow", Optional.of(settings.flow().word()));
        switch (settings) {
            case TokenSettings.Command(List<String> arguments) -> {
                ArrayNode command = node.json().putArray("command");
                arguments.forEach(command::add);
            }
            case TokenSettings.ClientCredentials(OauthClient client, Optional<Path> key) -> {
                write(client, node);
                node.put("assertionKey", key.map(Path::toString));
            }
            case TokenSettings.AuthorizationCode(OauthClient client, var _) -> write(client, node);
            case TokenSettings.DeviceCode(OauthClient client, var _) -> write(client, node);
            case TokenSettings.Refresh(OauthClient client, var _) -> write(client, node);
        }
    }

    private static void write(OauthClient client, Node node) {
        node.put("clientId", Optional.of(client.id()));
        node.put("issuer", client.endpoints().issuer());
        node.put("authorizationEndpoint", client.endpoints().authorization());
        node.put("tokenEndpoint", client.endpoints().token());
        node.put("deviceEndpoint", client.endpoints().deviceAuthorization());
        node.put("scope", Optional.of(client.scope()));
    }

    private static Optional<Path> key(Node node) throws UnreadableEntry {
        try {
            return node.text("assertionKey").map(Path::of);
        } catch (InvalidPathException _) {
            throw new UnreadableEntry("“assertionKey” is not the name of a file");
        }
    }

    private static List<String> command(Node node) throws UnreadableEntry {
        JsonNode value = node.json().path("command");
        if (value.isMissingNode()) {
            return List.of();
        }
        if (!value.isArray() || value.valueStream().anyMatch(each -> !each.isString())) {
            throw new UnreadableEntry("“command” is not a list of texts");
        }
        return value.valueStream().map(JsonNode::asString).toList();
    }
}
