package org.posthorn.account;

/** Where an account's passwords and other secrets are kept between two starts. */
public enum SecretKeeping {
    /** In the operating system's keychain. */
    KEYCHAIN("keychain", "In the keychain"),
    /** In Posthorn's own vault, which a passphrase opens. */
    VAULT("vault", "In the vault"),
    /** In memory alone; they are asked for after each start. */
    NONE("none", "Do not keep");

    private final String word;
    private final String label;

    SecretKeeping(String word, String label) {
        this.word = word;
        this.label = label;
    }

    /** The name in files. */
    public String word() {
        return word;
    }

    /** The name on the form. */
    public String label() {
        return label;
    }
}
