package org.posthorn.account;

import java.util.Locale;

/** Whether IMAP is compressed after the login where the server offers it: COMPRESS=DEFLATE (RFC 4978). */
public enum Compression {
    ON,
    OFF;

    /** The name in commands and the account file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
