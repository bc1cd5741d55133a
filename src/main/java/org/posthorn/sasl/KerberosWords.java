package org.posthorn.sasl;

import org.ietf.jgss.GSSException;

/** What Kerberos says went wrong: its own words stand inside those of GSS-API, which are the same for everything. */
final class KerberosWords {
    private KerberosWords() {}

    static String of(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof GSSException gss
                    && gss.getMinorString() != null
                    && !gss.getMinorString().isBlank()) {
                return gss.getMinorString();
            }
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
