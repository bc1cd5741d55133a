package org.posthorn.desktop.view.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import javafx.scene.text.Font;

/**
 * The fonts that come with Posthorn. JavaFX reaches only the regular and the bold weight of an installed family, so the
 * medium and semibold weights have to be loaded, and then look the same on every system.
 */
public final class Fonts {
    private static final List<String> FILES = List.of(
            "Inter-Regular.otf",
            "Inter-Medium.otf",
            "Inter-SemiBold.otf",
            "JetBrainsMono-Regular.ttf",
            "JetBrainsMono-SemiBold.ttf");

    private Fonts() {}

    /** Makes them known to the toolkit, which keeps them until it ends. */
    public static void load() {
        FILES.forEach(Fonts::load);
    }

    private static void load(String file) {
        try (InputStream font = Fonts.class.getResourceAsStream("/org/posthorn/fonts/" + file)) {
            Font.loadFont(Objects.requireNonNull(font, file), 13);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
