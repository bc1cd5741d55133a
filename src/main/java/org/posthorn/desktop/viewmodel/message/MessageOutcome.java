package org.posthorn.desktop.viewmodel.message;

/**
 * How a test message stands, or its search.
 *
 * @param sentence what can be said of it
 */
public record MessageOutcome(Meaning meaning, String sentence) {

    /** Good, good for some, bad, or neither. */
    public enum Meaning {
        UNDER_WAY("…"),
        GOOD("ok"),
        PARTLY("partly"),
        BAD("failed"),
        NEITHER("stopped");

        private final String label;

        Meaning(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
