package org.posthorn.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.Account;
import org.posthorn.account.Endpoint;
import org.posthorn.account.SecretKeeping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An account in the file. */
final class AccountJson {
    private AccountJson() {}

    static SavedAccount read(Node node) throws UnreadableEntry {
        List<Endpoint> endpoints = new ArrayList<>();
        for (JsonNode each : node.json().path("endpoints")) {
            if (!(each instanceof ObjectNode object)) {
                throw new UnreadableEntry("an endpoint is not an object");
            }
            // Reading makes objects that are not there, which must not reach the file.
            endpoints.add(EndpointJson.read(new Node(object.deepCopy())));
        }
        try {
            Account account = new Account(node.text("name").orElse(""), endpoints);
            return new SavedAccount(node.text("id").orElse(""), node.text("folder"), keeping(node), account);
        } catch (IllegalArgumentException e) {
            throw new UnreadableEntry(String.valueOf(e.getMessage()));
        }
    }

    static void write(SavedAccount saved, Node node) throws UnreadableEntry {
        node.put("id", Optional.of(saved.id()));
        node.put("name", Optional.of(saved.name()));
        node.put("folder", saved.folder());
        node.put("secrets", Optional.of(saved.keeping().word()));
        JsonNode before = node.json().path("endpoints");
        ArrayNode after = node.json().arrayNode();
        for (Endpoint endpoint : saved.account().endpoints()) {
            Node entry = new Node(sameProtocol(before, endpoint).orElseGet(after::objectNode));
            EndpointJson.write(endpoint, entry);
            after.add(entry.json());
        }
        node.json().set("endpoints", after);
    }

    /** Files of earlier times say nothing: their passwords were never kept. */
    private static SecretKeeping keeping(Node node) throws UnreadableEntry {
        String word = node.text("secrets").orElse(SecretKeeping.NONE.word());
        return Arrays.stream(SecretKeeping.values())
                .filter(keeping -> keeping.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new UnreadableEntry("“secrets” cannot be “" + word + "”"));
    }

    private static Optional<ObjectNode> sameProtocol(JsonNode endpoints, Endpoint endpoint) {
        return endpoints
                .valueStream()
                .filter(each -> each.path("protocol")
                        .asString("")
                        .equals(endpoint.protocol().word()))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .findFirst();
    }
}
