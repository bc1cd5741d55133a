package org.posthorn.storage.secret;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthorn.account.Secret;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a vault holds once it is decrypted: an object for each account, a text for each secret. */
record VaultContent(ObjectNode root) {

    static VaultContent empty() {
        return new VaultContent(JsonMapper.shared().createObjectNode());
    }

    /** Empty when it is not what a vault holds; a parser's own words could quote a secret. */
    static Optional<VaultContent> parse(byte[] bytes) {
        try {
            return JsonMapper.shared().readTree(bytes) instanceof ObjectNode object
                    ? Optional.of(new VaultContent(object))
                    : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    byte[] bytes() {
        return JsonMapper.shared().writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
    }

    Map<SecretKey, Secret> secrets(String account) {
        Map<SecretKey, Secret> found = new HashMap<>();
        JsonNode entry = root.path(account);
        for (SecretKey key : SecretKey.all(account)) {
            if (entry.path(key.place()).isString()) {
                found.put(key, Secret.of(entry.path(key.place()).asString()));
            }
        }
        return found;
    }

    /** Changes an account's secrets; those of a later version of Posthorn stay. */
    void change(String account, Map<SecretKey, Secret> secrets, Set<SecretKey> obsolete) {
        ObjectNode entry = root.path(account) instanceof ObjectNode there ? there : root.putObject(account);
        obsolete.forEach(key -> entry.remove(key.place()));
        secrets.forEach((key, secret) -> entry.put(key.place(), secret.reveal()));
        if (entry.isEmpty()) {
            root.remove(account);
        }
    }

    @Override
    public String toString() {
        return Secret.DOTS;
    }
}
