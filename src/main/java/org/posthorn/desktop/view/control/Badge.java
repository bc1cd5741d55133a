package org.posthorn.desktop.view.control;

import javafx.scene.control.Label;

/** A word on a pale ground: how something stands. */
public final class Badge extends Label {

    /** The meaning decides the colour; the word says it too. */
    public enum Meaning {
        OK("ok"),
        WARN("warn"),
        BAD("bad"),
        PLAIN("plain");

        private final String style;

        Meaning(String style) {
            this.style = style;
        }
    }

    public Badge(String text, Meaning meaning) {
        super(text);
        getStyleClass().setAll("badge", meaning.style);
        setMinWidth(USE_PREF_SIZE);
    }
}
