package org.posthorn.storage.secret;

/** What came of keeping an account's secrets. */
public sealed interface Kept {

    /**
     * They are kept.
     *
     * @param sentence what a person has to be told all the same; empty when there is nothing
     */
    record Done(String sentence) implements Kept {}

    /** They are not, or not all; they are still in memory. */
    record Refused(SecretProblem problem) implements Kept {}
}
