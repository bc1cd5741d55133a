package org.posthorn.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Login;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.tls.ChannelBinding;

/** The mechanisms against GNU SASL, channel bindings among them; SCRAM with SHA-512, which it lacks, against Python's hashes. */
@WithLab
@Timeout(60)
class IndependentServersTest {
    private static final byte[] EXPORTED = "thirty-two bytes of a connection".getBytes(UTF_8);

    @ParameterizedTest
    @CsvSource({
        "PLAIN, alice, secret, ''",
        "PLAIN, älice, sécret, shared",
        "LOGIN, alice, secret, ''",
        "CRAM-MD5, alice, secret, ''",
        "DIGEST-MD5, alice, secret, ''",
        "DIGEST-MD5, alice, secret, shared",
        "SCRAM-SHA-1, alice, secret, ''",
        "SCRAM-SHA-1, 'a,l=ice', sécret, shared",
        "SCRAM-SHA-256, alice, secret, 'sha,red'",
        "SCRAM-SHA-1-PLUS, alice, secret, ''",
        "SCRAM-SHA-256-PLUS, alice, secret, shared",
        "SCRAM-SHA-512, alice, secret, ''",
        "SCRAM-SHA-512, 'a,l=ice', sécret, 'sha,red'",
        "SCRAM-SHA-512-PLUS, alice, secret, shared"
    })
    void isAccepted(String mechanism, String user, String password, String identity) throws Exception {
        SaslSettings sasl = SaslSettings.of(mechanism)
                .withAuthorizationId(Optional.of(identity).filter(name -> !name.isEmpty()));
        SaslMechanism client = mechanism(new Login.Password(user, Secret.of(password), sasl), mechanism);

        String end = exchange(client, password, EXPORTED);

        assertThat(end).startsWith("OK");
        assertThat(client.serverIsProven()).isTrue();
        if (!identity.isEmpty()) {
            assertThat(end).endsWith(identity);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-512"})
    void isRefusedWithAnotherPassword(String mechanism) throws Exception {
        Login.Password login = new Login.Password("alice", Secret.of("wrong"), SaslSettings.of(mechanism));

        assertThat(exchange(mechanism(login, mechanism), "secret", EXPORTED)).startsWith("NO");
    }

    /** As it is with somebody in between, who has a connection of his own with each side. */
    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-512-PLUS"})
    void isRefusedOnAnotherConnection(String mechanism) throws Exception {
        byte[] another = EXPORTED.clone();
        another[31] ^= 1;
        Login.Password login = new Login.Password("alice", Secret.of("secret"), SaslSettings.of(mechanism));

        assertThat(exchange(mechanism(login, mechanism), "secret", another)).startsWith("NO");
    }

    /** Somebody has taken the -PLUS names out of the list: the client says that it saw none, and the server knows better. */
    @Test
    void isRefusedWhereTheListWasShortened() throws Exception {
        Login.Password login = new Login.Password("alice", Secret.of("secret"), SaslSettings.automatic());
        SaslMechanism client = mechanism(login, "SCRAM-SHA-256", List.of("SCRAM-SHA-256"));
        assertThat(new String(client.initialResponse().orElseThrow(), UTF_8)).startsWith("y,,");

        assertThat(exchange(client, "secret", EXPORTED)).startsWith("NO");
    }

    private static SaslMechanism mechanism(Login.Password login, String name) throws FailureException {
        return mechanism(login, name, List.of("SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-512-PLUS"));
    }

    private static SaslMechanism mechanism(Login.Password login, String name, List<String> offered)
            throws FailureException {
        ChannelBinding binding = new ChannelBinding("tls-exporter", EXPORTED);
        return new Mechanisms(
                        new SaslService("imap", "mail.test", 993),
                        new SecureRandom(),
                        Tickets.ofSystem(),
                        Optional.of(binding),
                        offered)
                .create(name, login)
                .orElseThrow();
    }

    private static String exchange(SaslMechanism client, String password, byte[] bound) throws Exception {
        String program = client.name().startsWith("SCRAM-SHA-512") ? "scram-server" : "gsasl-server";
        List<String> command = new ArrayList<>(List.of("src/test/lab/bin/" + program, client.name(), password));
        command.add(Base64.getEncoder().encodeToString(bound));
        Process server = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader from = server.inputReader(UTF_8);
                Writer to = server.outputWriter(UTF_8)) {
            say(to, client.initialResponse().orElse(new byte[0]));
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                if (!line.startsWith("+")) {
                    return line;
                }
                answer(client, line.substring(1).strip(), to);
            }
            return "gone";
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private static void answer(SaslMechanism client, String challenge, Writer to) throws IOException, FailureException {
        Optional<byte[]> response = client.respond(Base64.getDecoder().decode(challenge));
        // After the server's last word it does not listen any more.
        if (response.isPresent() && !(Arrays.equals(response.get(), new byte[0]) && client.serverIsProven())) {
            say(to, response.get());
        }
    }

    private static void say(Writer to, byte[] message) throws IOException {
        to.write(Base64.getEncoder().encodeToString(message) + "\n");
        to.flush();
    }
}
