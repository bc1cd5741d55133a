package org.posthorn.account;

import java.util.List;

/** How, and whether, to log in. */
public sealed interface Login {

    /** Ends after the capabilities without a login; for SMTP a relay that trusts by address. */
    record None() implements Login {}

    /** Who logs in and what may be used for it. */
    sealed interface Credentials extends Login {
        SaslSettings sasl();

        Credentials withSasl(SaslSettings settings);
    }

    /** With a user name that is typed. */
    sealed interface Named extends Credentials {
        String user();

        Named withUser(String name);
    }

    /** As the user of the operating system, who is proven by a Kerberos ticket and not by anything that is typed. */
    record CurrentUser(SaslSettings sasl) implements Credentials {

        @Override
        public CurrentUser withSasl(SaslSettings settings) {
            return new CurrentUser(settings);
        }
    }

    /** A user name and password. */
    record Password(String user, Secret password, SaslSettings sasl) implements Named {

        /** Whether the password is used: EXTERNAL (RFC 4422) and ANONYMOUS (RFC 4505) have none. */
        public boolean needsPassword() {
            return sasl.mechanisms().isEmpty()
                    || !sasl.mechanisms().stream()
                            .allMatch(name -> name.equalsIgnoreCase("EXTERNAL") || name.equalsIgnoreCase("ANONYMOUS"));
        }

        @Override
        public Password withUser(String name) {
            return new Password(name, password, sasl);
        }

        public Password withPassword(Secret typed) {
            return new Password(user, typed, sasl);
        }

        @Override
        public Password withSasl(SaslSettings settings) {
            return new Password(user, password, settings);
        }
    }

    /** A user name and an OAuth 2.0 access token (RFC 6749 §1.4). */
    record AccessToken(String user, Secret token, SaslSettings sasl) implements Named {

        @Override
        public AccessToken withUser(String name) {
            return new AccessToken(name, token, sasl);
        }

        public AccessToken withToken(Secret fresh) {
            return new AccessToken(user, fresh, sasl);
        }

        @Override
        public AccessToken withSasl(SaslSettings settings) {
            return new AccessToken(user, token, settings);
        }
    }

    /** A user name and whoever gives out the access token. */
    record TokenProvider(String user, TokenSettings settings, SaslSettings sasl) implements Named {

        @Override
        public TokenProvider withUser(String name) {
            return new TokenProvider(name, settings, sasl);
        }

        public TokenProvider withSettings(TokenSettings chosen) {
            return new TokenProvider(user, chosen, sasl);
        }

        @Override
        public TokenProvider withSasl(SaslSettings chosen) {
            return new TokenProvider(user, settings, chosen);
        }
    }

    /** What must never be shown. */
    default List<Secret> secrets() {
        return switch (this) {
            case None _, CurrentUser _ -> List.of();
            case Password(var _, Secret password, var _) -> List.of(password);
            case AccessToken(var _, Secret token, var _) -> List.of(token);
            case TokenProvider provider -> provider.settings().secrets();
        };
    }

    /** The same without anything secret, as a file may hold it. */
    default Login withoutSecrets() {
        return switch (this) {
            case None none -> none;
            case CurrentUser user -> user;
            case Password password -> password.withPassword(Secret.of(""));
            case AccessToken token -> token.withToken(Secret.of(""));
            case TokenProvider provider ->
                provider.withSettings(provider.settings().withoutSecrets());
        };
    }

    /** Whether another is the same but for secrets. */
    default boolean isLike(Login other) {
        return withoutSecrets().equals(other.withoutSecrets());
    }

    static Login none() {
        return new None();
    }

    static CurrentUser currentUser() {
        return new CurrentUser(SaslSettings.automatic());
    }

    static Password password(String user, Secret password) {
        return new Password(user, password, SaslSettings.automatic());
    }

    static TokenProvider tokenProvider(String user, TokenSettings settings) {
        return new TokenProvider(user, settings, SaslSettings.automatic());
    }

    static AccessToken accessToken(String user, Secret token) {
        return new AccessToken(user, token, SaslSettings.automatic());
    }
}
