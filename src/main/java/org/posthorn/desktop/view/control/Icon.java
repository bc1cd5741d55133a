package org.posthorn.desktop.view.control;

import javafx.scene.shape.SVGPath;

/** A drawing on a grid of 14, as a path: sharp at every scale, coloured by the sheets. */
public enum Icon {
    PLUS("M7 2.5V11.5M2.5 7H11.5", false),
    PLAY("M4 2.2V11.8L12 7Z", true),
    STOP("M3 3H11V11H3Z", true),
    CONTRAST("M7 1.5A5.5 5.5 0 0 1 7 12.5ZM7 1.5A5.5 5.5 0 0 0 7 12.5", false),
    FIND("M6 2A4 4 0 1 1 5.99 2ZM9 9L12 12", false),
    PAUSE("M3.5 2.5H5.5V11.5H3.5ZM8.5 2.5H10.5V11.5H8.5Z", true),
    FOLLOW("M7 2V9.5M3.8 6.5L7 9.7L10.2 6.5M3 12H11", false),
    COPY("M5 5H12V12H5ZM9 5V2H2V9H5", false),
    SAVE("M7 2V8.5M4 5.8L7 8.8L10 5.8M2.5 9V12H11.5V9", false),
    CHECK("M3 7.4L5.8 10.2L11 4.4", false),
    CROSS("M3.5 3.5L10.5 10.5M10.5 3.5L3.5 10.5", false),
    UP("M3.5 8.7L7 5.2L10.5 8.7", false),
    DOWN("M3.5 5.3L7 8.8L10.5 5.3", false),
    RIGHT("M5.3 3.5L8.8 7L5.3 10.5", false),
    UNDO("M2.5 5.5H8.5A3 3 0 0 1 8.5 11.5H5M5 3L2.5 5.5L5 8", false),
    MORE("M3 7H3.01M7 7H7.01M11 7H11.01", false),
    ARROW("M2.5 7H11.5M8 3.5L11.5 7L8 10.5", false),
    DASH("M4 7H10", false),
    ABOUT("M7 1.5A5.5 5.5 0 1 1 6.99 1.5ZM7 6.4V10M7 4H7.01", false);

    private final String path;
    private final boolean solid;

    Icon(String path, boolean solid) {
        this.path = path;
        this.solid = solid;
    }

    /** A new node; the name of the control it stands on says what it means. */
    public SVGPath node() {
        SVGPath drawing = new SVGPath();
        drawing.setContent(path);
        drawing.getStyleClass().add("icon");
        if (solid) {
            drawing.getStyleClass().add("solid");
        }
        return drawing;
    }
}
