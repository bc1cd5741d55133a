package org.posthorn.storage.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.posthorn.account.Secret;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A vault as it lies on disk: how its key is made, and what only that key opens. */
final class VaultFile {
    private static final int SCHEMA = 1;
    private static final String ARGON2ID = "argon2id";
    private static final String CIPHER = "AES-256-GCM";
    private static final int SHORTEST_SALT = 16;
    private static final int LONGEST_SALT = 64;

    private final VaultCost cost;
    private final byte[] salt;
    private final byte[] check;
    private final byte[] nonce;
    private final byte[] content;

    private VaultFile(VaultCost cost, byte[] salt, byte[] check, byte[] nonce, byte[] content) {
        this.cost = cost;
        this.salt = salt;
        this.check = check;
        this.nonce = nonce;
        this.content = content;
    }

    /** What came of reading one. */
    sealed interface Read {
        record Vault(VaultFile file) implements Read {}

        record Newer(int schema) implements Read {}

        record Damaged() implements Read {}
    }

    static VaultFile encrypted(VaultKey key, VaultContent content) {
        byte[] nonce = VaultKey.random(VaultKey.NONCE);
        return new VaultFile(key.cost(), key.salt(), key.check(), nonce, key.encrypt(nonce, content.bytes()));
    }

    /** The key that a passphrase makes for this file. */
    VaultKey key(Secret passphrase) {
        return VaultKey.of(passphrase, cost, salt);
    }

    /** Whether a key is the one that this file was written with. */
    boolean isOf(VaultKey key) {
        return MessageDigest.isEqual(check, key.check());
    }

    /** Empty when it was changed by anybody who does not have the key. */
    Optional<VaultContent> decrypted(VaultKey key) {
        return key.decrypt(nonce, content).flatMap(VaultContent::parse);
    }

    byte[] bytes() {
        ObjectNode root = JsonMapper.shared().createObjectNode().put("schema", SCHEMA);
        root.putObject("key")
                .put("function", ARGON2ID)
                .put("memory", cost.memory())
                .put("passes", cost.passes())
                .put("lanes", cost.lanes())
                .put("salt", salt)
                .put("check", check);
        root.putObject("content").put("cipher", CIPHER).put("nonce", nonce).put("data", content);
        String text = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(root);
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static Read read(byte[] bytes) {
        try {
            JsonNode root = JsonMapper.shared().readTree(bytes);
            int schema = root.path("schema").asInt(0);
            if (schema > SCHEMA) {
                return new Read.Newer(schema);
            }
            return file(root.path("key"), root.path("content"))
                    .filter(VaultFile::isReasonable)
                    .<Read>map(Read.Vault::new)
                    .orElseGet(Read.Damaged::new);
        } catch (JacksonException | IllegalArgumentException _) {
            return new Read.Damaged();
        }
    }

    private static Optional<VaultFile> file(JsonNode key, JsonNode content) {
        if (!key.path("function").asString("").equals(ARGON2ID)
                || !content.path("cipher").asString("").equals(CIPHER)) {
            return Optional.empty();
        }
        VaultCost cost = new VaultCost(
                key.path("memory").asInt(0),
                key.path("passes").asInt(0),
                key.path("lanes").asInt(0));
        return Optional.of(new VaultFile(
                cost,
                bytes(key.path("salt")),
                bytes(key.path("check")),
                bytes(content.path("nonce")),
                bytes(content.path("data"))));
    }

    private static byte[] bytes(JsonNode node) {
        return Base64.getDecoder().decode(node.asString(""));
    }

    private boolean isReasonable() {
        return cost.isReasonable()
                && salt.length >= SHORTEST_SALT
                && salt.length <= LONGEST_SALT
                && nonce.length == VaultKey.NONCE;
    }
}
