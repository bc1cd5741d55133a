package org.posthorn.storage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The whole account file as a tree, of which only what is known is ever touched. */
final class AccountDocument {
    private static final String SCHEMA = "schema";
    private static final String ACCOUNTS = "accounts";

    private final ObjectNode root;
    private final ArrayNode entries;

    private AccountDocument(ObjectNode root, ArrayNode entries) {
        this.root = root;
        this.entries = entries;
        giveIds();
    }

    static AccountDocument empty(int schema) {
        ObjectNode root = mapper().createObjectNode().put(SCHEMA, schema);
        return new AccountDocument(root, root.putArray(ACCOUNTS));
    }

    static AccountDocument parse(byte[] bytes) throws UnreadableEntry {
        try {
            if (mapper().readTree(bytes) instanceof ObjectNode root
                    && root.path(SCHEMA).canConvertToInt()
                    && root.path(ACCOUNTS) instanceof ArrayNode entries) {
                return new AccountDocument(root, entries);
            }
        } catch (JacksonException e) {
            int line =
                    Optional.ofNullable(e.getLocation()).map(l -> l.getLineNr()).orElse(1);
            throw new UnreadableEntry("line " + line + " is not JSON");
        }
        throw new UnreadableEntry("it is not an account file");
    }

    int schema() {
        return root.path(SCHEMA).asInt();
    }

    byte[] bytes() {
        return (mapper().writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The document one step on: the same tree, changed by the step. */
    AccountDocument migrated(Schema.Step step) throws UnreadableEntry {
        ObjectNode copy = root.deepCopy();
        step.apply(copy);
        copy.put(SCHEMA, schema() + 1);
        if (copy.path(ACCOUNTS) instanceof ArrayNode list) {
            return new AccountDocument(copy, list);
        }
        throw new UnreadableEntry("it is not an account file");
    }

    /** The accounts that can be read; {@link #complaints} speaks of the others. */
    List<SavedAccount> accounts() {
        return entries.valueStream().flatMap(entry -> readable(entry).stream()).toList();
    }

    /** What is wrong with the entries that cannot be read. */
    List<String> complaints() {
        List<String> sentences = new ArrayList<>();
        for (int index = 0; index < entries.size(); index++) {
            try {
                read(entries.get(index));
            } catch (UnreadableEntry e) {
                String name = entries.get(index).path("name").asString("");
                String which = name.isEmpty() ? "account number " + (index + 1) : "“" + name + "”";
                sentences.add(which + ": " + e.sentence());
            }
        }
        return List.copyOf(sentences);
    }

    Optional<SavedAccount> account(String id) {
        return accounts().stream().filter(saved -> saved.id().equals(id)).findFirst();
    }

    void put(SavedAccount saved) throws UnreadableEntry {
        Optional<ObjectNode> entry = entry(saved.id());
        AccountJson.write(saved, new Node(entry.orElseGet(entries::addObject)));
    }

    void remove(String id) {
        for (int index = entries.size() - 1; index >= 0; index--) {
            if (idOf(entries.get(index)).equals(id)) {
                entries.remove(index);
            }
        }
    }

    private static Optional<SavedAccount> readable(JsonNode entry) {
        try {
            return Optional.of(read(entry));
        } catch (UnreadableEntry _) {
            return Optional.empty();
        }
    }

    private static SavedAccount read(JsonNode entry) throws UnreadableEntry {
        if (entry instanceof ObjectNode object) {
            return AccountJson.read(new Node(object));
        }
        throw new UnreadableEntry("it is not an object");
    }

    private Optional<ObjectNode> entry(String id) {
        return entries.valueStream()
                .filter(entry -> idOf(entry).equals(id))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .findFirst();
    }

    private static String idOf(JsonNode entry) {
        return entry.path("id").asString("");
    }

    /** An entry written or copied by hand gets an id of its own, the same at every reading of the same bytes. */
    private void giveIds() {
        Set<String> taken = new HashSet<>();
        int index = 0;
        for (JsonNode entry : entries) {
            index++;
            if (entry instanceof ObjectNode object && (idOf(entry).isEmpty() || !taken.add(idOf(entry)))) {
                byte[] name = (index + ":" + entry).getBytes(StandardCharsets.UTF_8);
                object.put("id", UUID.nameUUIDFromBytes(name).toString());
                taken.add(idOf(entry));
            }
        }
    }

    private static JsonMapper mapper() {
        return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    }
}
