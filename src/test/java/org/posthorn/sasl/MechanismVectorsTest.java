package org.posthorn.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Secret;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

/** The examples of the specifications, to the letter. */
class MechanismVectorsTest {
    private static final Gs2Binding UNBOUND = Gs2Binding.unbound(Optional.empty(), false);
    private static final String SHA_1_NONCE = "fyko+d2lbbFgONRv9qkxdawL";
    private static final String SHA_1_SERVER_FIRST =
            "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096";

    @Test
    void answersAsInRfc5802Section5() throws FailureException {
        ScramMechanism scram =
                new ScramMechanism(ScramHash.SHA_1, UNBOUND, "", "user", Secret.of("pencil"), SHA_1_NONCE);

        assertThat(text(scram.initialResponse())).isEqualTo("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
        assertThat(text(respond(scram, SHA_1_SERVER_FIRST)))
                .isEqualTo("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
        assertThat(scram.serverIsProven()).isFalse();
        assertThat(text(respond(scram, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="))).isEmpty();
        assertThat(scram.serverIsProven()).isTrue();
    }

    @Test
    void answersAsInRfc7677Section3() throws FailureException {
        ScramMechanism scram =
                new ScramMechanism(ScramHash.SHA_256, UNBOUND, "", "user", Secret.of("pencil"), "rOprNGfwEbeRWgbNEkqO");

        assertThat(text(respond(
                        scram,
                        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")))
                .isEqualTo("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                        + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        respond(scram, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
        assertThat(scram.serverIsProven()).isTrue();
    }

    /** RFC 4013 maps a soft hyphen to nothing: however the password was typed, the proof is RFC 7677's. */
    @Test
    void provesThePreparedPassword() throws FailureException {
        ScramMechanism scram = new ScramMechanism(
                ScramHash.SHA_256, UNBOUND, "", "user", Secret.of("pen\u00ADcil"), "rOprNGfwEbeRWgbNEkqO");

        assertThat(text(respond(
                        scram,
                        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")))
                .endsWith(",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
    }

    /** So many would keep this machine busy for minutes, by a server's single number. */
    @ParameterizedTest
    @ValueSource(strings = {"10000001", "999999999", "0", "-1", "4096x", "99999999999"})
    void refusesAnIterationCountThatNoServerNeeds(String count) {
        ScramMechanism scram =
                new ScramMechanism(ScramHash.SHA_1, UNBOUND, "", "user", Secret.of("pencil"), SHA_1_NONCE);

        assertThatThrownBy(() -> respond(scram, SHA_1_SERVER_FIRST.replace("i=4096", "i=" + count)))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure()).isInstanceOf(Failure.ProtocolViolation.class));
    }

    @Test
    void answersAnEmptyRealmWithAnEmptyRealm() throws FailureException {
        DigestMd5Mechanism digest = new DigestMd5Mechanism(
                "", "chris", Secret.of("secret"), new SaslService("imap", "mail.test", 143), "OA6MHXh6VqTrRk");

        assertThat(text(respond(digest, "realm=\"\",nonce=\"OA6MG9tEQGm2hh\",qop=\"auth\",algorithm=md5-sess")))
                .contains("username=\"chris\",realm=\"\",nonce=");
    }

    @Test
    void refusesAFalseServerSignature() throws FailureException {
        ScramMechanism scram =
                new ScramMechanism(ScramHash.SHA_1, UNBOUND, "", "user", Secret.of("pencil"), SHA_1_NONCE);
        respond(scram, SHA_1_SERVER_FIRST);

        assertThatThrownBy(() -> respond(scram, "v=AAAApqV8S7suAoZWja4dJRkFsKQ="))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure()).isEqualTo(new Failure.ServerNotProven("SCRAM-SHA-1")));
    }

    @Test
    void refusesAServerNonceThatIsNotAContinuation() {
        ScramMechanism scram =
                new ScramMechanism(ScramHash.SHA_1, UNBOUND, "", "user", Secret.of("pencil"), SHA_1_NONCE);

        assertThatThrownBy(() -> respond(scram, "r=other,s=QSXCR+Q6sek8bf92,i=4096"))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure()).isInstanceOf(Failure.ProtocolViolation.class));
    }

    @Test
    void escapesCommaAndEqualsInAScramUserName() {
        ScramMechanism scram = new ScramMechanism(ScramHash.SHA_1, UNBOUND, "", "a,b=c", Secret.of("x"), "nonce");

        assertThat(text(scram.initialResponse())).isEqualTo("n,,n=a=2Cb=3Dc,r=nonce");
    }

    @Test
    void putsTheAuthorizationIdentityIntoTheHeaderOfScram() throws FailureException {
        ScramMechanism scram =
                new ScramMechanism(ScramHash.SHA_1, UNBOUND, "a,b", "user", Secret.of("pencil"), SHA_1_NONCE);

        assertThat(text(scram.initialResponse())).isEqualTo("n,a=a=2Cb,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
        // "n,a=a=2Cb," in base64.
        assertThat(text(respond(scram, SHA_1_SERVER_FIRST))).startsWith("c=bixhPWE9MkNiLA==,");
    }

    @Test
    void putsTheAuthorizationIdentityFirstInPlain() {
        PlainMechanism plain = new PlainMechanism("shared", "user", Secret.of("pencil"));

        assertThat(text(plain.initialResponse())).isEqualTo("shared\0user\0pencil");
    }

    @Test
    void answersAsInRfc2195Section2() {
        CramMd5Mechanism cram = new CramMd5Mechanism("tim", Secret.of("tanstaaftanstaaf"));

        assertThat(text(cram.respond("<1896.697170952@postoffice.reston.mci.net>".getBytes(UTF_8))))
                .isEqualTo("tim b913a602c7eda7a495b4e6e7334d3890");
    }

    @Test
    void answersAsInRfc2831Section4() throws FailureException {
        DigestMd5Mechanism digest = new DigestMd5Mechanism(
                "",
                "chris",
                Secret.of("secret"),
                new SaslService("imap", "elwood.innosoft.com", 143),
                "OA6MHXh6VqTrRk");

        assertThat(text(respond(
                        digest,
                        "realm=\"elwood.innosoft.com\",nonce=\"OA6MG9tEQGm2hh\",qop=\"auth\","
                                + "algorithm=md5-sess,charset=utf-8")))
                .contains("response=d388dad90d4bbd760a152321f2143af7")
                .contains("digest-uri=\"imap/elwood.innosoft.com\"");
        assertThat(text(respond(digest, "rspauth=ea40f60335c427b5527b84dbabcdfffd")))
                .isEmpty();
        assertThat(digest.serverIsProven()).isTrue();
    }

    @Test
    void refusesAFalseProofOfDigestMd5() throws FailureException {
        DigestMd5Mechanism digest = new DigestMd5Mechanism(
                "",
                "chris",
                Secret.of("secret"),
                new SaslService("imap", "elwood.innosoft.com", 143),
                "OA6MHXh6VqTrRk");
        respond(digest, "realm=\"\",nonce=\"OA6MG9tEQGm2hh\",qop=\"auth\"");

        assertThatThrownBy(() -> respond(digest, "rspauth=00000000000000000000000000000000"))
                .isInstanceOf(FailureException.class);
    }

    /** Google's published example, with its user and token. */
    @Test
    void saysXoauth2AsPublished() {
        BearerMechanism xoauth2 = BearerMechanism.xoauth2(
                "someuser@example.com", Secret.of("ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg"));

        assertThat(Base64.getEncoder().encodeToString(xoauth2.initialResponse().orElseThrow()))
                .isEqualTo(
                        "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1s"
                            + "emRHRXVZMjl0Q2cBAQ==");
    }

    @Test
    void saysOauthbearerAsInRfc7628Section41() {
        BearerMechanism oauthbearer = BearerMechanism.oauthbearer(
                "user@example.com",
                Secret.of("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="),
                new SaslService("imap", "server.example.com", 143));

        assertThat(Base64.getEncoder()
                        .encodeToString(oauthbearer.initialResponse().orElseThrow()))
                .isEqualTo(
                        "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZG"
                                + "OWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB");
    }

    @Test
    void acknowledgesARefusedTokenOnceAndKeepsTheReason() {
        BearerMechanism oauthbearer =
                BearerMechanism.oauthbearer("a,b=c", Secret.of("t"), new SaslService("imap", "h", 1));

        assertThat(text(oauthbearer.initialResponse())).startsWith("n,a=a=2Cb=3Dc,\u0001");
        assertThat(text(oauthbearer.respond("{\"status\":\"invalid_token\"}".getBytes(UTF_8))))
                .isEqualTo("\u0001");
        assertThat(oauthbearer.serverError()).contains("{\"status\":\"invalid_token\"}");
        assertThat(oauthbearer.respond(new byte[0])).isEmpty();
    }

    private static Optional<byte[]> respond(SaslMechanism mechanism, String challenge) throws FailureException {
        return mechanism.respond(challenge.getBytes(UTF_8));
    }

    private static String text(Optional<byte[]> message) {
        return new String(message.orElseThrow(), UTF_8);
    }
}
