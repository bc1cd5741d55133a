package org.posthorn.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The logins that servers refused of late, in a file of their own, since a terminal forgets from one command to the next.
 * Nothing in it is missed: what cannot be read is empty, and what cannot be written is forgotten. Of two programs that write
 * at once one loses its entry.
 */
public final class RefusedLoginsFile {
    private final WholeFile file;

    /** A refused login; the password is no part of it. */
    public record RefusedLogin(String host, String user, Instant at) {}

    public RefusedLoginsFile(Path path) {
        file = new WholeFile(path);
    }

    public List<RefusedLogin> load() {
        try {
            return file.exists() ? read(JsonMapper.shared().readTree(file.read())) : List.of();
        } catch (IOException | JacksonException | DateTimeException _) {
            return List.of();
        }
    }

    /** Writes the entries in place of the ones before, and answers whether they could be written. */
    public boolean save(List<RefusedLogin> refused) {
        try {
            file.write(JsonMapper.shared().writeValueAsBytes(json(refused)));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static List<RefusedLogin> read(JsonNode root) {
        List<RefusedLogin> refused = new ArrayList<>();
        for (JsonNode entry : root.path("refused")) {
            refused.add(new RefusedLogin(
                    entry.path("host").asString(""),
                    entry.path("user").asString(""),
                    Instant.parse(entry.path("at").asString(""))));
        }
        return refused;
    }

    private static ObjectNode json(List<RefusedLogin> refused) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        ArrayNode entries = root.putArray("refused");
        refused.forEach(login -> entries.addObject()
                .put("host", login.host())
                .put("user", login.user())
                .put("at", login.at().toString()));
        return root;
    }
}
