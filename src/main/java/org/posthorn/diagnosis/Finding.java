package org.posthorn.diagnosis;

import java.util.List;
import java.util.Optional;
import org.posthorn.account.Field;

/**
 * What is wrong, why that is believed, and what to change.
 *
 * @param confidence from 0 to 1
 * @param user what is wrong, for the person who typed the settings
 * @param admin the same for the administrator, in technical words
 * @param remedy what to change; it names the setting where a setting is the remedy
 * @param actor who can carry out the remedy
 * @param field the setting that the remedy changes, when there is one
 */
public record Finding(
        Cause cause,
        Severity severity,
        double confidence,
        String user,
        String admin,
        List<Evidence> evidence,
        String remedy,
        Actor actor,
        Optional<Field> field) {
    public Finding {
        evidence = List.copyOf(evidence);
    }
}
