package org.posthorn.storage.secret;

/** What came of opening, creating or changing the vault. */
public sealed interface VaultOpening {

    /** It is open until the program ends or it is locked. */
    record Opened() implements VaultOpening {}

    /** The passphrase is not the vault's. */
    record WrongPassphrase(String sentence) implements VaultOpening {}

    /**
     * Another thing is the matter than the passphrase; the file is as it was.
     *
     * @param sentence what, and what to do
     */
    record Failed(String sentence) implements VaultOpening {}
}
