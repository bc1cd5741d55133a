package org.posthorn.account;

import java.util.Locale;

/** Whether heavy work (survey, bulk fetch, append and send) is spread over several connections. */
public enum MultiConnection {
    ON,
    OFF;

    /** The name in commands and the account file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
