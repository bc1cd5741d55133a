package org.posthorn.account;

import java.util.Locale;

/** Whether commands are sent before the replies to earlier ones have come (SMTP: RFC 2920, POP3: RFC 2449 §6.6). */
public enum Pipelining {
    /** Where the server announces it; IMAP has it without saying so (RFC 9051 §5.5). */
    AUTO,
    /** Also where the server does not announce it: that is then the test. */
    ON,
    OFF;

    /** The name in commands and the account file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
