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

    /** Both times as the one text that the row draws, the elapsed one at the right edge of its column. */
    String time(String time, String elapsed) {
        return time + " ".repeat(Math.max(0, ELAPSED - elapsed.length())) + elapsed;
    }

    double mark() {
        return EDGE + (TIME + ELAPSED + 2) * character;
    }

    /** Whether a place in a row is on the sign that folds a reply. */
    boolean isFold(double x) {
        return x > mark() + character && x < words();
    }

    double words() {
        return mark() + 4 * character;
    }
}
