package org.posthorn.desktop.viewmodel.capabilities;

import java.util.Set;
import org.posthorn.timeline.Facts.Stage;

/**
 * A capability and where it stood.
 *
 * @param name as the server wrote it
 * @param stages where it was announced
 * @param change what differs from the stage before
 * @param meaning what it means in a line; empty for one that no registry knows
 * @param rfc for example {@code RFC 2177}; empty for one that no registry knows
 */
public record CapabilityRow(String name, Set<Stage> stages, Change change, String meaning, String rfc) {
    public CapabilityRow {
        stages = Set.copyOf(stages);
    }

    /** What differs between the stages that were reached. */
    public enum Change {
        NONE(""),
        NEW_AFTER_TLS("new after TLS"),
        GONE_AFTER_TLS("gone after TLS"),
        NEW_AFTER_LOGIN("new after login"),
        GONE_AFTER_LOGIN("gone after login");

        private final String words;

        Change(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public boolean at(Stage stage) {
        return stages.contains(stage);
    }

    public boolean isKnown() {
        return !meaning.isEmpty();
    }
}
