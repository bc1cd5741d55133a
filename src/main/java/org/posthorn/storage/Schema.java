package org.posthorn.storage;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The version of the file that this program writes, and the way there from each earlier one.
 *
 * @param steps the first leads from schema 1 to schema 2, and so on
 */
record Schema(List<Step> steps) {
    Schema {
        steps = List.copyOf(steps);
    }

    /** Changes a document of one version into the next; the version number itself is counted up by the caller. */
    interface Step {
        void apply(ObjectNode document) throws UnreadableEntry;
    }

    /** The one in use: the first, so there is nothing to come from. */
    static Schema present() {
        return new Schema(List.of());
    }

    int version() {
        return steps.size() + 1;
    }

    AccountDocument migrate(AccountDocument document) throws UnreadableEntry {
        AccountDocument migrated = document;
        while (migrated.schema() < version()) {
            if (migrated.schema() < 1) {
                throw new UnreadableEntry("its schema number " + migrated.schema() + " does not exist");
            }
            migrated = migrated.migrated(steps.get(migrated.schema() - 1));
        }
        return migrated;
    }
}
