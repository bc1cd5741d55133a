package org.posthorn.storage.keychain;

/** The keychain could not do what it was asked. */
public final class KeychainRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, as far as a person can do something about it. */
    public enum Reason {
        /** This session has no keychain. */
        MISSING,
        /** It is locked, and nobody unlocked it. */
        LOCKED,
        /** A person or the system said no. */
        DENIED,
        /** It answered before and does so no longer. */
        VANISHED,
        /** The secret is longer than the system takes. */
        TOO_LONG
    }

    private final Reason reason;

    KeychainRefusal(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What is the matter and what to do, without anything secret. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
