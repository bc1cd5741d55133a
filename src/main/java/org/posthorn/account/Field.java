package org.posthorn.account;

/** A field of an endpoint's form, so that a problem or a remedy can point at it. */
public enum Field {
    NAME("Name"),
    FOLDER("Folder"),
    PROTOCOL("Protocol"),
    HOST("Host"),
    PORT("Port"),
    SECURITY("Security"),
    ALLOW_PLAINTEXT("Allow plaintext"),
    TLS_VERSIONS("TLS versions"),
    OBSOLETE_TLS("Obsolete TLS"),
    CIPHER_SUITES("Cipher suites"),
    GROUPS("Key exchange groups"),
    TRUST_STORE("Believe"),
    TRUST("Trusted authorities"),
    FINGERPRINTS("Trusted fingerprints"),
    REVOCATION("Revocation"),
    CLIENT_CERTIFICATE("Client certificate"),
    KEY_PASSPHRASE("Key passphrase"),
    LOGIN("Sign in with"),
    USER("User name"),
    PASSWORD("Password"),
    ACCESS_TOKEN("Access token"),
    MECHANISM("Mechanism"),
    FURTHER_MECHANISMS("Further mechanisms"),
    AUTHORIZATION_ID("Authorization identity"),
    TOKEN_FLOW("Token from"),
    OAUTH_PRESET("Provider"),
    CLIENT_ID("Client ID"),
    CLIENT_SECRET("Client secret"),
    REFRESH_TOKEN("Refresh token"),
    ASSERTION_KEY("Assertion key"),
    ISSUER("Issuer"),
    AUTHORIZATION_ENDPOINT("Authorization URL"),
    TOKEN_ENDPOINT("Token URL"),
    DEVICE_ENDPOINT("Device URL"),
    SCOPE("Scope"),
    TOKEN_COMMAND("Token command"),
    RESOLVE_TIMEOUT("Resolve timeout"),
    CONNECT_TIMEOUT("Connect timeout"),
    GREETING_TIMEOUT("Greeting timeout"),
    OPERATION_TIMEOUT("Operation timeout"),
    BIND("Bind address"),
    ADDRESS_FAMILY("IP version"),
    ADDRESS_ORDER("Address order"),
    EHLO("EHLO name"),
    ASSIGNMENT("Assignment"),
    CHECKUP("Checkup period"),
    MULTI_CONNECTION("Several connections"),
    COMPRESSION("Compression"),
    CONNECTIONS("How many"),
    PIPELINING("Pipelining"),
    READ_ONLY("Read-only"),
    LOG_ENABLED("Log file"),
    LOG_FILE("Log file name"),
    LOG_DATED("Date in the name"),
    PROXY("Proxy"),
    PROXY_HOST("Proxy host"),
    PROXY_PORT("Proxy port"),
    PROXY_USER("Proxy user"),
    PROXY_PASSWORD("Proxy password"),
    PROXY_RESOLUTION("Name resolved by");

    private final String label;

    Field(String label) {
        this.label = label;
    }

    /** The name on the form and in sentences. */
    public String label() {
        return label;
    }
}
