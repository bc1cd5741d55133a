package org.posthorn.storage.secret;

/**
 * Why secrets cannot be had or kept now. The account itself is not concerned.
 *
 * @param sentence what is the matter and what to do, without anything secret
 */
public record SecretProblem(Kind kind, String sentence) {

    /** What a program can do about it. */
    public enum Kind {
        /** It can be unlocked: the vault by its passphrase, the keychain by its own program. */
        LOCKED,
        /** There is no such place here. */
        MISSING,
        /** The system or a person said no. */
        DENIED,
        /** It was there before and does not answer any more. */
        VANISHED,
        /** It cannot hold or does not hold what it should. */
        DAMAGED
    }
}
