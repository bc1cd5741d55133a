package org.posthorn.ntlm;

/** A user of a domain: {@code DOMAIN\name}; {@code name@domain} stands whole in the place of the name. */
record NtlmUser(String domain, String name) {

    static NtlmUser of(String typed) {
        int backslash = typed.indexOf('\\');
        return backslash < 0
                ? new NtlmUser("", typed)
                : new NtlmUser(typed.substring(0, backslash), typed.substring(backslash + 1));
    }
}
