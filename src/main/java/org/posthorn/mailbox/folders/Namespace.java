package org.posthorn.mailbox.folders;

import java.util.Locale;
import java.util.Optional;

/**
 * A part of the tree of folders (RFC 2342).
 *
 * @param prefix what the names of its folders begin with
 * @param delimiter between the levels; absent in a flat one
 */
public record Namespace(Kind kind, String prefix, Optional<String> delimiter) {

    /** Whose folders they are, in the order of the response. */
    public enum Kind {
        PERSONAL,
        OTHER_USERS,
        SHARED;

        /** The name in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
