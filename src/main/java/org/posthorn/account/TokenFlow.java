package org.posthorn.account;

/** How a token provider comes to its tokens. */
public enum TokenFlow {
    /** Authorization code with PKCE, in the system's browser (RFC 6749 §4.1, RFC 7636, RFC 8252). */
    AUTHORIZATION_CODE("code", "Browser"),
    /** A code that is typed on another device (RFC 8628). */
    DEVICE_CODE("device", "Device code"),
    /** The application itself, without a person (RFC 6749 §4.4). */
    CLIENT_CREDENTIALS("client-credentials", "Client credentials"),
    /** A refresh token that is there already (RFC 6749 §6). */
    REFRESH("refresh", "Refresh token"),
    /** A program that prints a token. */
    COMMAND("command", "Command");

    private final String word;
    private final String label;

    TokenFlow(String word, String label) {
        this.word = word;
        this.label = label;
    }

    /** The name in commands, JSON and the account file. */
    public String word() {
        return word;
    }

    /** The name on the form. */
    public String label() {
        return label;
    }

    /** Whether there is a person at a browser. */
    public boolean needsPerson() {
        return this == AUTHORIZATION_CODE || this == DEVICE_CODE;
    }
}
