package org.posthorn.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes maps, lists and simple values as JSON in UTF-8. The streaming writer is enough, and starts in a fraction of what data
 * binding takes.
 */
final class JsonText {
    private JsonText() {}

    /** One object and a line end. */
    static void print(Map<String, Object> object, PrintStream out) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(json, object);
        }
        bytes.write('\n');
        out.writeBytes(bytes.toByteArray());
        out.flush();
    }

    private static void write(JsonGenerator json, Object value) {
        switch (value) {
            case Map<?, ?> object -> {
                json.writeStartObject();
                object.forEach((name, member) -> {
                    json.writeName(name.toString());
                    write(json, member);
                });
                json.writeEndObject();
            }
            case Iterable<?> list -> {
                json.writeStartArray();
                list.forEach(member -> write(json, member));
                json.writeEndArray();
            }
            case Optional<?> optional -> optional.ifPresentOrElse(present -> write(json, present), json::writeNull);
            case OptionalInt number -> number.ifPresentOrElse(json::writeNumber, json::writeNull);
            case Boolean flag -> json.writeBoolean(flag);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case String text -> json.writeString(text);
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }
}
