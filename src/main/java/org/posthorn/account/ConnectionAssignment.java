package org.posthorn.account;

import java.util.Locale;

/**
 * Which connection an operation uses when none is passed. A main connection lives and dies with the client, a default
 * connection belongs to one thread, an independent one to nobody.
 */
public enum ConnectionAssignment {
    /** The thread's default connection if one was made by hand, else the main connection. The default. */
    MAIN_OR_DEFAULT,
    /** Always the main connection; there are no default connections. */
    MAIN,
    /** Always the thread's default connection, made at its first operation; there is no main connection. */
    DEFAULT;

    /** The name in commands and the account file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
