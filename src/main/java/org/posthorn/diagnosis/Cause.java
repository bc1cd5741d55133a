package org.posthorn.diagnosis;

/**
 * Why a check fails. The code is stable: the list may grow, a code never changes its meaning.
 */
public enum Cause {
    // Credentials and sign-in

    WRONG_CREDENTIALS("wrong-credentials", Actor.USER),
    APP_PASSWORD_REQUIRED("app-password-required", Actor.USER),
    PASSWORD_CHARACTERS("password-characters", Actor.USER),
    PASSWORD_EXPIRED("password-expired", Actor.USER),
    USERNAME_FORMAT("username-format", Actor.USER),
    WEB_LOGIN_REQUIRED("web-login-required", Actor.USER),
    BASIC_AUTH_DISABLED("basic-auth-disabled", Actor.ADMIN),
    SMTP_AUTH_DISABLED("smtp-auth-disabled", Actor.ADMIN),
    SECURITY_POLICY_BLOCK("security-policy-block", Actor.ADMIN),
    MAILBOX_PROTOCOL_DISABLED("mailbox-protocol-disabled", Actor.USER),
    AUTH_MECHANISM_MISMATCH("auth-mechanism-mismatch", Actor.USER),
    AUTH_NOT_OFFERED("auth-not-offered", Actor.ADMIN),
    AUTH_REQUIRED_NOT_SENT("auth-required-not-sent", Actor.USER),
    AUTH_SHOULD_BE_OFF("auth-should-be-off", Actor.USER),
    ENCRYPTION_REQUIRED("encryption-required", Actor.USER),
    /** A login that was accepted over a connection that anybody on the way can read. */
    CLEARTEXT_LOGIN("cleartext-login", Actor.USER),
    AUTH_RATE_LIMITED("auth-rate-limited", Actor.USER),
    SERVER_SIDE_FAILURE("server-side-failure", Actor.ADMIN),
    KERBEROS_TICKET_MISSING("kerberos-ticket-missing", Actor.USER),
    CLOCK_WRONG("clock-wrong", Actor.USER),

    // OAuth

    OAUTH_WRONG_AUDIENCE("oauth-wrong-audience", Actor.ADMIN),
    OAUTH_SCOPE_MISSING("oauth-scope-missing", Actor.ADMIN),
    OAUTH_TOKEN_EXPIRED("oauth-token-expired", Actor.USER),
    OAUTH_USER_MISMATCH("oauth-user-mismatch", Actor.USER),
    OAUTH_REQUEST_MALFORMED("oauth-request-malformed", Actor.USER),
    OAUTH_REFRESH_TOKEN_INVALID("oauth-refresh-token-invalid", Actor.USER),
    OAUTH_APP_IN_TESTING("oauth-app-in-testing", Actor.ADMIN),
    OAUTH_CLIENT_UNKNOWN("oauth-client-unknown", Actor.ADMIN),
    OAUTH_CLIENT_SECRET_INVALID("oauth-client-secret-invalid", Actor.ADMIN),
    OAUTH_CONSENT_MISSING("oauth-consent-missing", Actor.ADMIN),
    OAUTH_REDIRECT_MISMATCH("oauth-redirect-mismatch", Actor.ADMIN),
    OAUTH_MFA_REQUIRED("oauth-mfa-required", Actor.USER),
    OAUTH_FLOW_NOT_ALLOWED("oauth-flow-not-allowed", Actor.ADMIN),
    OAUTH_MAILBOX_PERMISSION("oauth-mailbox-permission", Actor.ADMIN),
    OAUTH_TENANT_MISMATCH("oauth-tenant-mismatch", Actor.ADMIN),

    // Limits

    TOO_MANY_CONNECTIONS("too-many-connections", Actor.USER),
    RATE_LIMITED("rate-limited", Actor.USER),
    BANDWIDTH_QUOTA_EXCEEDED("bandwidth-quota-exceeded", Actor.USER),
    SENDING_QUOTA_EXCEEDED("sending-quota-exceeded", Actor.USER),
    MESSAGE_TOO_LARGE("message-too-large", Actor.USER),
    MAILBOX_IN_USE("mailbox-in-use", Actor.USER),
    IDLE_TIMEOUT("idle-timeout", Actor.USER),

    // Sending policy

    RELAY_DENIED("relay-denied", Actor.ADMIN),
    SEND_AS_DENIED("send-as-denied", Actor.USER),
    HELO_REJECTED("helo-rejected", Actor.USER),
    CLIENT_HOST_REJECTED("client-host-rejected", Actor.ADMIN),
    DNSBL_MISCONFIGURED("dnsbl-misconfigured", Actor.ADMIN),
    SENDER_DOMAIN_UNAUTHENTICATED("sender-domain-unauthenticated", Actor.ADMIN),
    CONTENT_REJECTED("content-rejected", Actor.ADMIN),
    RECIPIENT_UNKNOWN("recipient-unknown", Actor.USER),
    RECIPIENT_REFUSED("recipient-refused", Actor.USER),
    RECIPIENT_MAILBOX_FULL("recipient-mailbox-full", Actor.USER),
    GREYLISTED("greylisted", Actor.USER),
    SMTPUTF8_NOT_OFFERED("smtputf8-not-offered", Actor.USER),
    DSN_NOT_OFFERED("dsn-not-offered", Actor.USER),

    // Server and client behaviour

    CLIENT_ID_REQUIRED("client-id-required", Actor.USER),
    FOLDER_UNAVAILABLE("folder-unavailable", Actor.USER),
    PIPELINING_NOT_ANNOUNCED("pipelining-not-announced", Actor.USER),
    CLIENT_COMMAND_REJECTED("client-command-rejected", Actor.USER),
    SERVER_UNAVAILABLE("server-unavailable", Actor.SERVER),
    CONNECTION_LOST("connection-lost", Actor.NETWORK),
    PROTOCOL_VIOLATION("protocol-violation", Actor.SERVER),
    WRONG_SERVER("wrong-server", Actor.USER),

    // TLS

    IMPLICIT_TLS_ON_STARTTLS_PORT("implicit-tls-on-starttls-port", Actor.USER),
    PLAINTEXT_ON_IMPLICIT_TLS_PORT("plaintext-on-implicit-tls-port", Actor.USER),
    STARTTLS_NOT_OFFERED("starttls-not-offered", Actor.ADMIN),
    STARTTLS_SERVER_BROKEN("starttls-server-broken", Actor.SERVER),
    /** Under TLS a server offers other things than before, more than the change to TLS explains. */
    CAPABILITIES_CHANGED("capabilities-changed", Actor.SERVER),
    TLS_CLIENT_TOO_OLD("tls-client-too-old", Actor.USER),
    TLS_SERVER_TOO_WEAK("tls-server-too-weak", Actor.SERVER),
    CERT_UNTRUSTED("cert-untrusted", Actor.USER),
    CERT_CHAIN_INCOMPLETE("cert-chain-incomplete", Actor.SERVER),
    CERT_EXPIRED("cert-expired", Actor.SERVER),
    CERT_NAME_MISMATCH("cert-name-mismatch", Actor.SERVER),
    TLS_SNI_UNRECOGNIZED("tls-sni-unrecognized", Actor.USER),
    CERT_NOT_YET_VALID("cert-not-yet-valid", Actor.USER),
    CERT_REVOKED("cert-revoked", Actor.SERVER),
    CERT_STATUS_UNKNOWN("cert-status-unknown", Actor.SERVER),
    CERT_WRONG_USAGE("cert-wrong-usage", Actor.SERVER),
    CERT_TOO_WEAK("cert-too-weak", Actor.SERVER),
    CLIENT_CERTIFICATE_REQUIRED("client-certificate-required", Actor.USER),
    STARTTLS_INJECTION("starttls-injection", Actor.SERVER),
    TLS_INTERCEPTION("tls-interception", Actor.NETWORK),

    // Network

    DNS_NO_SUCH_HOST("dns-no-such-host", Actor.USER),
    DNS_TEMPORARY("dns-temporary", Actor.NETWORK),
    CONNECTION_REFUSED("connection-refused", Actor.NETWORK),
    CONNECT_TIMEOUT_FIREWALL("connect-timeout-firewall", Actor.NETWORK),
    PORT25_BLOCKED("port25-blocked", Actor.NETWORK),
    IPV6_UNREACHABLE("ipv6-unreachable", Actor.NETWORK),
    CLIENT_IP_BANNED("client-ip-banned", Actor.USER),
    GREETING_TIMEOUT("greeting-timeout", Actor.USER),
    CONNECTION_INTERCEPTED("connection-intercepted", Actor.NETWORK),

    // Proxies

    PROXY_AUTH_REQUIRED("proxy-auth-required", Actor.USER),
    PROXY_DENIED("proxy-denied", Actor.NETWORK),
    PROXY_PROTOCOL_MISMATCH("proxy-protocol-mismatch", Actor.USER),
    PROXY_TARGET_UNREACHABLE("proxy-target-unreachable", Actor.NETWORK),

    // Settings

    SETTINGS_UNUSABLE("settings-unusable", Actor.USER);

    private final String code;
    private final Actor actor;

    Cause(String code, Actor actor) {
        this.code = code;
        this.actor = actor;
    }

    /** The name in JSON, for example {@code wrong-credentials}. */
    public String code() {
        return code;
    }

    /** Who can usually do something about it. */
    Actor actor() {
        return actor;
    }
}
