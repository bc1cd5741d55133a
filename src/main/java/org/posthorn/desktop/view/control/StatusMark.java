package org.posthorn.desktop.view.control;

import javafx.scene.layout.Region;

/** A small mark of how something stands; each state has a shape of its own, so that colour is not needed to tell them apart. */
public final class StatusMark extends Region {

    public StatusMark() {
        getStyleClass().add("status-mark");
    }

    /** Shows a state by its name in the stylesheet. */
    public void show(String state) {
        getStyleClass().setAll("status-mark", state);
    }
}
