package org.posthorn.desktop.viewmodel.connection;

import java.util.List;
import java.util.Optional;
import org.posthorn.account.Field;
import org.posthorn.timeline.Phase;

/**
 * Why it failed and what to do.
 *
 * @param stage the phase that failed; its log lines are the evidence
 * @param title the kind of failure in two or three words
 * @param sentence what is wrong
 * @param evidence what shows it: the server's words, settings, facts
 * @param change what to change
 * @param who who can change it
 * @param field the form field that is the remedy, where one is
 */
public record FailureCard(
        Phase stage,
        String title,
        String sentence,
        List<String> evidence,
        String change,
        String who,
        Optional<Field> field) {
    public FailureCard {
        evidence = List.copyOf(evidence);
    }

    /** The whole as text for a ticket. */
    public String text() {
        return title + ": " + sentence + "\nEvidence: " + String.join("\n          ", evidence) + "\nChange: " + change
                + "\nWho: " + who + "\n";
    }
}
