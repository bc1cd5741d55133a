package org.posthorn.mailbox.archive;

import java.util.Locale;

/** How messages lie on disk. */
public enum ArchiveFormat {
    /** One file for each mail folder, with quoted From lines (RFC 4155, variant mboxrd). */
    MBOX(".mbox"),
    /** One folder for each mail folder, one file for each message. */
    MAILDIR("");

    private final String ending;

    ArchiveFormat(String ending) {
        this.ending = ending;
    }

    /** The end of the name of what a mail folder becomes. */
    String ending() {
        return ending;
    }

    /** The name in commands. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
