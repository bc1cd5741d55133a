package org.posthorn.diagnosis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Why a mechanism was refused, in its own words.
 *
 * @param text as the server sent it
 * @param members of the JSON that answers an access token (RFC 7628 §3.2.2): {@code status}, {@code schemes},
 *     {@code scope} and what else there is; empty when the text is no JSON
 */
public record SaslError(String text, Map<String, String> members) {

    public static SaslError of(String text) {
        Map<String, String> members = new LinkedHashMap<>();
        try {
            JsonNode json = JsonMapper.shared().readTree(text);
            if (json.isObject()) {
                json.properties().forEach(member -> members.put(member.getKey(), word(member.getValue())));
            }
        } catch (JacksonException _) {
            members.clear();
        }
        return new SaslError(text, members);
    }

    private static String word(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }

    Optional<String> member(String name) {
        return Optional.ofNullable(members.get(name)).filter(value -> !value.isBlank());
    }
}
