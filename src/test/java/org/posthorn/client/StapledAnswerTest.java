package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsVersion;
import org.posthorn.diagnosis.Cause;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.diagnosis.Finding;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.IssuedCertificate;
import org.posthorn.testkit.Issuer;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.OldTls;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Revocation;
import org.posthorn.timeline.TlsFacts;

/** An answer that a server staples and nobody can read is no fault of the handshake, with either TLS stack. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class StapledAnswerTest {
    private static final IssuedCertificate AUTHORITY = Certificates.authority();
    private static final IssuedCertificate LEAF =
            AUTHORITY.leaf("127.0.0.1").rsa(2048).issue();

    private final Checks checks = new Checks();

    @AfterEach
    void endTheTimer() {
        checks.close();
    }

    static Stream<Arguments> answers() {
        byte[] junk = "<html>".getBytes(StandardCharsets.US_ASCII);
        return Stream.of(Set.of(TlsVersion.TLS_1_2), Set.of(TlsVersion.TLS_1_1, TlsVersion.TLS_1_2))
                .flatMap(versions ->
                        Stream.of(Arguments.of(versions, "junk", junk), Arguments.of(versions, "hostile", hostile())));
    }

    /** The name of the responder is cut short inside, which its reader does not expect. */
    private static byte[] hostile() {
        byte[] answer = new Issuer(AUTHORITY).answer(LEAF.certificate(), Issuer.GOOD);
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        answer[text.indexOf("Test Root") - 1] = 1;
        return answer;
    }

    @ParameterizedTest(name = "{1} {0}")
    @MethodSource("answers")
    void isToldAndBelievedInNothing(Set<TlsVersion> versions, String kind, byte[] answer) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.startTls(OldTls.stapling(LEAF, answer));
            peer.say("* OK [CAPABILITY IMAP4rev1] ready");
            peer.answer("TAG OK noop");
            peer.answer("* BYE", "TAG OK bye");
        })) {
            Endpoint endpoint = Checks.endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT);
            CheckResult result = checks.run(endpoint.withTls(endpoint.tls().withVersions(EnumSet.copyOf(versions))));

            assertThat(result.outcome())
                    .as("%s %s", kind, result.timeline().failure())
                    .isEqualTo(CheckOutcome.READY);
            assertThat(result.timeline().latest(TlsFacts.class).orElseThrow().revocations())
                    .singleElement()
                    .returns(Revocation.Status.UNKNOWN, Revocation::status)
                    .returns("the answer cannot be read", Revocation::detail);
            assertThat(Diagnosis.of(result.endpoint(), result.timeline()))
                    .extracting(Finding::cause)
                    .contains(Cause.CERT_STATUS_UNKNOWN);
        }
    }
}
