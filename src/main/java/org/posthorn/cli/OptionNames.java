package org.posthorn.cli;

import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;

/** The option by which a field of the form is given. */
final class OptionNames {
    private OptionNames() {}

    /** The field as a remedy names it in the terminal: by its label and its option. */
    static String beside(Field field, Endpoint endpoint) {
        String option = of(field, endpoint);
        return option.startsWith("--") ? field.label() + " (" + option + ")" : field.label();
    }

    /** The same for the endpoint at which a message is looked for; what it has no option for is as for the one that sends. */
    static String besideFinding(Field field, Endpoint endpoint) {
        return switch (field) {
            case SECURITY -> field.label() + " (--find-security)";
            case HOST, PORT -> field.label() + " (--find-" + endpoint.protocol().word() + ")";
            case USER -> field.label() + " (--find-user)";
            case PASSWORD -> field.label() + " (--find-password-env)";
            default -> beside(field, endpoint);
        };
    }

    static String of(Field field, Endpoint endpoint) {
        return switch (field) {
            case NAME, FOLDER -> "--account";
            case PROTOCOL -> "--protocol";
            case HOST, PORT -> "--" + endpoint.protocol().word();
            case SECURITY -> "--security";
            case ALLOW_PLAINTEXT -> "--allow-plaintext";
            case TLS_VERSIONS -> "--tls";
            case OBSOLETE_TLS -> "--obsolete-tls";
            case CIPHER_SUITES -> "--ciphers";
            case GROUPS -> "--groups";
            case TRUST_STORE -> "--trust";
            case REVOCATION -> "--revocation";
            case TRUST -> "--trust-ca";
            case FINGERPRINTS -> "--trust-fingerprint";
            case CLIENT_CERTIFICATE -> "--client-certificate";
            case KEY_PASSPHRASE -> "--key-passphrase-env";
            case LOGIN -> "--user with a password or token, or --no-login";
            case USER -> "--user";
            case PASSWORD -> "the password";
            case ACCESS_TOKEN -> "the access token";
            case MECHANISM, FURTHER_MECHANISMS -> "--mechanism";
            case AUTHORIZATION_ID -> "--authorization-id";
            case TOKEN_FLOW -> "--token-provider";
            case OAUTH_PRESET -> "--oauth-preset";
            case CLIENT_ID -> "--client-id";
            case CLIENT_SECRET -> "--client-secret-env";
            case REFRESH_TOKEN -> "--refresh-token-env";
            case ASSERTION_KEY -> "--assertion-key";
            case ISSUER -> "--issuer";
            case AUTHORIZATION_ENDPOINT -> "--authorization-endpoint";
            case TOKEN_ENDPOINT -> "--token-endpoint";
            case DEVICE_ENDPOINT -> "--device-endpoint";
            case SCOPE -> "--scope";
            case TOKEN_COMMAND -> "--token-command";
            case RESOLVE_TIMEOUT -> "--resolve-timeout";
            case CONNECT_TIMEOUT -> "--connect-timeout";
            case GREETING_TIMEOUT -> "--greeting-timeout";
            case OPERATION_TIMEOUT -> "--timeout";
            case BIND -> "--bind";
            case ADDRESS_FAMILY -> "--ip";
            case ADDRESS_ORDER -> "--addresses";
            case EHLO -> "--ehlo";
            case ASSIGNMENT -> "--assignment";
            case CHECKUP -> "--checkup";
            case MULTI_CONNECTION -> "--multi-connection";
            case COMPRESSION -> "--compress";
            case CONNECTIONS -> "--connections";
            case PIPELINING -> "--pipelining";
            case READ_ONLY -> "--read-only";
            case LOG_ENABLED -> "--log-on";
            case LOG_FILE -> "--log";
            case LOG_DATED -> "--log-dated";
            case PROXY, PROXY_HOST, PROXY_PORT, PROXY_USER -> "--proxy";
            case PROXY_PASSWORD -> "--proxy-password-env";
            case PROXY_RESOLUTION -> "--resolve-by";
        };
    }
}
