package org.posthorn.storage.secret;

/** A secret setting of an endpoint, by a name that never changes; a new one also has its place in {@link EndpointSecrets}. */
public enum SecretField {
    PASSWORD("password"),
    ACCESS_TOKEN("access-token"),
    CLIENT_SECRET("client-secret"),
    REFRESH_TOKEN("refresh-token"),
    KEY_PASSPHRASE("key-passphrase"),
    PROXY_PASSWORD("proxy-password");

    private final String word;

    SecretField(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
