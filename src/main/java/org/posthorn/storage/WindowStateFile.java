package org.posthorn.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The window's state in a file of its own. Nothing in it is missed: what cannot be read is the first state again. */
public final class WindowStateFile {
    private final WholeFile file;

    public WindowStateFile(Path path) {
        file = new WholeFile(path);
    }

    public WindowState load() {
        try {
            return file.exists() ? read(JsonMapper.shared().readTree(file.read())) : WindowState.first();
        } catch (IOException | JacksonException _) {
            return WindowState.first();
        }
    }

    /** Writes the state and answers whether it could be written. */
    public boolean save(WindowState state) {
        try {
            file.write(JsonMapper.shared().writeValueAsBytes(json(state)));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static WindowState read(JsonNode root) {
        Map<String, Double> panes = new HashMap<>();
        root.path("panes").forEachEntry((name, value) -> panes.put(name, value.asDouble(0.5)));
        Map<String, String> selection = new HashMap<>();
        root.path("selection").forEachEntry((name, value) -> selection.put(name, value.asString("")));
        return new WindowState(
                bounds(root.path("bounds")),
                root.path("maximized").asBoolean(false),
                panes,
                selection,
                root.path("theme").asString(""));
    }

    private static Optional<WindowState.Bounds> bounds(JsonNode node) {
        double width = node.path("width").asDouble(0);
        double height = node.path("height").asDouble(0);
        return width > 0 && height > 0
                ? Optional.of(new WindowState.Bounds(
                        node.path("x").asDouble(0), node.path("y").asDouble(0), width, height))
                : Optional.empty();
    }

    private static ObjectNode json(WindowState state) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        state.bounds()
                .ifPresent(bounds -> root.putObject("bounds")
                        .put("x", bounds.x())
                        .put("y", bounds.y())
                        .put("width", bounds.width())
                        .put("height", bounds.height()));
        root.put("maximized", state.maximized());
        ObjectNode panes = root.putObject("panes");
        state.panes().forEach(panes::put);
        ObjectNode selection = root.putObject("selection");
        state.selection().forEach(selection::put);
        root.put("theme", state.theme());
        return root;
    }
}
