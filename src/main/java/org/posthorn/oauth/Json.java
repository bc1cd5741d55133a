package org.posthorn.oauth;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.posthorn.transport.http.HttpResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A JSON object that somebody else wrote: members are of the expected kind or not there. */
final class Json {
    private final ObjectNode node;

    private Json(ObjectNode node) {
        this.node = node;
    }

    /** The object that a text holds; empty when it holds none. */
    static Optional<Json> of(String text) {
        try {
            return JsonMapper.shared().readTree(text) instanceof ObjectNode object
                    ? Optional.of(new Json(object))
                    : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    static Optional<Json> of(HttpResponse response) {
        return of(response.text());
    }

    /** An object of texts, names and values by turns. */
    static String write(String... namesAndValues) {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return JsonMapper.shared().writeValueAsString(object);
    }

    Optional<String> text(String member) {
        JsonNode value = node.path(member);
        return value.isString() && !value.asString().isEmpty() ? Optional.of(value.asString()) : Optional.empty();
    }

    /** Some servers write numbers as texts. */
    OptionalLong number(String member) {
        JsonNode value = node.path(member);
        if (value.isNumber() && value.canConvertToLong()) {
            return OptionalLong.of(value.asLong());
        }
        return value.isString() && value.asString().matches("\\d{1,15}")
                ? OptionalLong.of(Long.parseLong(value.asString()))
                : OptionalLong.empty();
    }

    /** A text or a list of texts. */
    List<String> texts(String member) {
        JsonNode value = node.path(member);
        Stream<JsonNode> values = value.isArray() ? value.valueStream() : Stream.of(value);
        return values.filter(JsonNode::isString).map(JsonNode::asString).toList();
    }
}
