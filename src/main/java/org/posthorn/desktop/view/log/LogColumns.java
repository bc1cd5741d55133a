package org.posthorn.desktop.view.log;

/**
 * Where the columns of a row stand, counted in characters of the monospaced font.
 *
 * @param character width of one character in pixels
 * @param lineHeight height of a line of text in pixels
 */
record LogColumns(double character, double lineHeight) {
    static final double EDGE = 12;

    private static final int TIME = 12;
    private static final int ELAPSED = 10;

    double rowHeight() {
        return Math.ceil(lineHeight) + 3;
    }

    /** The right edge of the elapsed time. */
    double elapsedEnd() {
        return EDGE + (TIME + ELAPSED) * character;
    }

    double mark() {
        return elapsedEnd() + 2 * character;
    }

    double words() {
        return mark() + 4 * character;
    }
}
