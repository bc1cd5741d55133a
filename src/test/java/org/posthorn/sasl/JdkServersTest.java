package org.posthorn.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.AuthorizeCallback;
import javax.security.sasl.RealmCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Secret;
import org.posthorn.timeline.FailureException;

/** The mechanisms against the servers that the JDK brings, which nobody here wrote. */
class JdkServersTest {
    private static final SaslService SERVICE = new SaslService("imap", "mail.test", 143);

    @ParameterizedTest
    @CsvSource({
        "alice, secret, mail.test, ''",
        "alice, secret, mail.test, shared",
        "alice, secret, mail.test, 'sh\"ared'",
        "älice, sécret, mail.test, ''",
        "alice, sec€ret, mail.test, shäred",
        "jürgen, €5, mail.test, ''",
        "€lice, sécret, mail.test, ''"
    })
    void digestMd5IsAcceptedAndProven(String user, String password, String realm, String identity)
            throws SaslException, FailureException {
        SaslServer server = server("DIGEST-MD5", password, Map.of("com.sun.security.sasl.digest.realm", realm));
        DigestMd5Mechanism client =
                new DigestMd5Mechanism(identity, user, Secret.of(password), SERVICE, "OA6MHXh6VqTrRk");

        byte[] answer = client.respond(server.evaluateResponse(new byte[0])).orElseThrow();
        assertThat(client.respond(server.evaluateResponse(answer)))
                .hasValueSatisfying(last -> assertThat(last).isEmpty());
        assertThat(client.serverIsProven()).isTrue();
        assertThat(server.getAuthorizationID()).isEqualTo(identity.isEmpty() ? user : identity);
    }

    /** Without the directive charset a name is sent and hashed in ISO 8859-1. */
    @Test
    void digestMd5SpeaksLatinToAServerThatKnowsNothingElse() throws SaslException, FailureException {
        SaslServer server = server(
                "DIGEST-MD5",
                "sécret",
                Map.of(
                        "com.sun.security.sasl.digest.realm",
                        "mail.test",
                        "com.sun.security.sasl.digest.utf8",
                        "false"));
        DigestMd5Mechanism client =
                new DigestMd5Mechanism("", "jürgen", Secret.of("sécret"), SERVICE, "OA6MHXh6VqTrRk");

        byte[] answer = client.respond(server.evaluateResponse(new byte[0])).orElseThrow();
        client.respond(server.evaluateResponse(answer));

        assertThat(client.serverIsProven()).isTrue();
        assertThat(server.getAuthorizationID()).isEqualTo("jürgen");
    }

    @Test
    void digestMd5OfAnotherPasswordIsRefused() throws SaslException, FailureException {
        SaslServer server = server("DIGEST-MD5", "secret", Map.of());
        DigestMd5Mechanism client = new DigestMd5Mechanism("", "alice", Secret.of("other"), SERVICE, "OA6MHXh6VqTrRk");
        byte[] answer = client.respond(server.evaluateResponse(new byte[0])).orElseThrow();

        assertThatThrownBy(() -> server.evaluateResponse(answer)).isInstanceOf(SaslException.class);
    }

    @Test
    void cramMd5IsAccepted() throws SaslException {
        SaslServer server = server("CRAM-MD5", "secret", Map.of());
        CramMd5Mechanism client = new CramMd5Mechanism("alice", Secret.of("secret"));

        server.evaluateResponse(
                client.respond(server.evaluateResponse(new byte[0])).orElseThrow());

        assertThat(server.getAuthorizationID()).isEqualTo("alice");
    }

    private static SaslServer server(String mechanism, String password, Map<String, String> properties)
            throws SaslException {
        return Sasl.createSaslServer(mechanism, "imap", "mail.test", properties, callbacks -> {
            for (Callback callback : callbacks) {
                switch (callback) {
                    case PasswordCallback asked -> asked.setPassword(password.toCharArray());
                    case AuthorizeCallback asked -> {
                        asked.setAuthorized(true);
                        asked.setAuthorizedID(asked.getAuthorizationID());
                    }
                    case RealmCallback asked -> asked.setText(asked.getDefaultText());
                    case NameCallback _ -> {}
                    default -> throw new IllegalStateException("asks for " + callback);
                }
            }
        });
    }
}
