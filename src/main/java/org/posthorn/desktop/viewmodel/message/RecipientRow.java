package org.posthorn.desktop.viewmodel.message;

/**
 * What the server said to one recipient.
 *
 * @param answer its words on one line; empty before it has answered
 */
public record RecipientRow(String address, Verdict verdict, String answer) {

    /** How it stands. */
    public enum Verdict {
        WAITING("waiting"),
        ACCEPTED("accepted"),
        REFUSED("refused");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
