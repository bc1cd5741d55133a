package org.posthorn.sasl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.RealmCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Secret;
import org.posthorn.ntlm.NtlmExchange;
import org.posthorn.ntlm.NtlmVersion;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

/** NTLM to the JDK's own server. */
class NtlmTest {
    private static final byte[] CLIENT_CHALLENGE = hex("aaaaaaaaaaaaaaaa");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "V2, alice, NTLMv2, ''",
        "V2, 'CORP\\alice', NTLMv2, CORP",
        "V2, 'älice', NTLMv2, ''",
        "V1, alice, NTLM, ''",
        "V1, 'CORP\\alice', NTLM, CORP"
    })
    void isAcceptedByTheJdk(NtlmVersion version, String user, String accepted, String domain) throws Exception {
        SaslServer server = server(accepted, "sécret", domain);
        NtlmMechanism client = client(version, user, "sécret");

        login(client, server);

        assertThat(server.isComplete()).isTrue();
        assertThat(server.getAuthorizationID()).isEqualTo(user.substring(user.indexOf('\\') + 1));
    }

    @ParameterizedTest
    @CsvSource({"V2, NTLMv2", "V1, NTLM"})
    void isRefusedByTheJdkWithAnotherPassword(NtlmVersion version, String accepted) throws Exception {
        SaslServer server = server(accepted, "secret", "");

        assertThatThrownBy(() -> login(client(version, "alice", "other"), server))
                .isInstanceOf(SaslException.class);
    }

    @Test
    void sendsTheServersTimeBackAndTheNameAsTyped() throws Exception {
        NtlmMechanism client = client(NtlmVersion.V2, "CORP\\alice@corp.example", "secret");
        client.respond("whatever".getBytes(UTF_8));
        // A challenge with the timestamp 0x0102030405060708 behind its header.
        byte[] challenge = hex("4e544c4d53535000 02000000 0000 0000 38000000 05828800 0123456789abcdef 0000000000000000"
                + "1000 1000 30000000 0700 0800 0807060504030201 0000 0000");

        byte[] response = client.respond(challenge).orElseThrow();

        assertThat(HexFormat.of().formatHex(response)).contains("0101000000000000" + "0807060504030201");
        assertThat(indexOf(response, "CORP".getBytes(UTF_16LE))).isPositive();
        assertThat(indexOf(response, "alice@corp.example".getBytes(UTF_16LE))).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NTLMSSP", "4e544c4d5353500001000000", "4e544c4d53535000020000000000"})
    void refusesWhatIsNoChallenge(String text) throws FailureException {
        NtlmMechanism client = client(NtlmVersion.V2, "alice", "secret");
        client.respond(new byte[0]);
        byte[] challenge = text.startsWith("4e") ? hex(text) : text.getBytes(US_ASCII);

        assertThatThrownBy(() -> client.respond(challenge))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure()).isInstanceOf(Failure.ProtocolViolation.class));
    }

    private static void login(NtlmMechanism client, SaslServer server) throws SaslException, FailureException {
        byte[] offer = client.respond(new byte[0]).orElseThrow();
        byte[] response = client.respond(server.evaluateResponse(offer)).orElseThrow();
        server.evaluateResponse(response);
    }

    private static NtlmMechanism client(NtlmVersion version, String user, String password) {
        return new NtlmMechanism(new NtlmExchange(version, user, Secret.of(password), CLIENT_CHALLENGE, CLOCK));
    }

    private static SaslServer server(String version, String password, String domain) throws SaslException {
        Map<String, String> properties =
                Map.of("com.sun.security.sasl.ntlm.version", version, "com.sun.security.sasl.ntlm.domain", "MAIL");
        return Sasl.createSaslServer("NTLM", "imap", "mail.test", properties, callbacks -> {
            for (Callback callback : callbacks) {
                switch (callback) {
                    case PasswordCallback asked -> asked.setPassword(password.toCharArray());
                    case RealmCallback asked ->
                        assertThat(String.valueOf(asked.getDefaultText()))
                                .isEqualTo(domain.isEmpty() ? "null" : domain);
                    case NameCallback _ -> {}
                    default -> throw new IllegalStateException("asks for " + callback);
                }
            }
        });
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(Arrays.copyOfRange(bytes, i, i + part.length), part)) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
