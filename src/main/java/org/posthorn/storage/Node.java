package org.posthorn.storage;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the members of a JSON object; members nobody asks for stay as they are. */
record Node(ObjectNode json) {

    Optional<String> text(String member) throws UnreadableEntry {
        Optional<JsonNode> value = member(member);
        if (value.isPresent() && !value.get().isString()) {
            throw new UnreadableEntry("“" + member + "” is not a text");
        }
        return value.map(JsonNode::asString);
    }

    Optional<Integer> number(String member) throws UnreadableEntry {
        Optional<JsonNode> value = member(member);
        if (value.isPresent() && !value.get().canConvertToInt()) {
            throw new UnreadableEntry("“" + member + "” is not a whole number");
        }
        return value.map(JsonNode::asInt);
    }

    Optional<Boolean> flag(String member) throws UnreadableEntry {
        Optional<JsonNode> value = member(member);
        if (value.isPresent() && !value.get().isBoolean()) {
            throw new UnreadableEntry("“" + member + "” is neither true nor false");
        }
        return value.map(JsonNode::asBoolean);
    }

    /** The object of a member, made when it is not there. */
    Node object(String member) throws UnreadableEntry {
        JsonNode value = json.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return new Node(json.putObject(member));
        }
        if (value instanceof ObjectNode object) {
            return new Node(object);
        }
        throw new UnreadableEntry("“" + member + "” is not an object");
    }

    void put(String member, Optional<String> value) {
        value.ifPresentOrElse(text -> json.put(member, text), () -> json.remove(member));
    }

    private Optional<JsonNode> member(String member) {
        JsonNode value = json.path(member);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
    }
}
