package org.posthorn.transport.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.IssuedCertificate;
import org.posthorn.testkit.Issuer;
import org.posthorn.timeline.Revocation;
import org.posthorn.timeline.Revocation.Status;

class OcspAnswerTest {
    private static final IssuedCertificate AUTHORITY = Certificates.authority();
    private static final IssuedCertificate LEAF = AUTHORITY.leaf("mail.test").issue();
    private static final IssuedCertificate OTHER = AUTHORITY.leaf("other.test").issue();
    private static final Issued ISSUED = new Issued(0, LEAF.certificate(), AUTHORITY.certificate());

    static Stream<Arguments> answers() {
        byte[] forged = good(new Issuer(AUTHORITY));
        forged[forged.length / 3] ^= 1;
        IssuedCertificate responder = AUTHORITY
                .leaf("responder.test")
                .purposes(KeyPurposeId.id_kp_OCSPSigning)
                .issue();
        return Stream.of(
                arguments("good", good(new Issuer(AUTHORITY)), Status.GOOD, ""),
                arguments(
                        "revoked",
                        new Issuer(AUTHORITY).answer(LEAF.certificate(), Issuer.revoked()),
                        Status.REVOKED,
                        "key compromise, since "),
                arguments(
                        "unknown to the responder",
                        new Issuer(AUTHORITY).answer(LEAF.certificate(), Issuer.unknown()),
                        Status.UNKNOWN,
                        "certificate's revocation status is unknown"),
                arguments(
                        "too old",
                        good(new Issuer(AUTHORITY)
                                .valid(
                                        Instant.now().minus(Duration.ofDays(9)),
                                        Instant.now().minus(Duration.ofDays(2)))),
                        Status.UNKNOWN,
                        "validity interval is out-of-date"),
                arguments(
                        "from the future",
                        good(new Issuer(AUTHORITY)
                                .valid(
                                        Instant.now().plus(Duration.ofDays(2)),
                                        Instant.now().plus(Duration.ofDays(9)))),
                        Status.UNKNOWN,
                        "validity interval is out-of-date"),
                arguments("by a delegate", good(new Issuer(AUTHORITY).through(responder)), Status.GOOD, ""),
                arguments(
                        "by a server's certificate of the same issuer",
                        good(new Issuer(AUTHORITY).through(OTHER)),
                        Status.UNKNOWN,
                        "not valid for signing OCSP responses"),
                arguments(
                        "by a stranger",
                        good(new Issuer(AUTHORITY).through(Certificates.authority("Stranger"))),
                        Status.UNKNOWN,
                        "not authorized to sign OCSP responses"),
                arguments("forged", forged, Status.UNKNOWN, ""),
                arguments(
                        "about another",
                        new Issuer(AUTHORITY).answer(OTHER.certificate(), Issuer.GOOD),
                        Status.UNKNOWN,
                        "does not include a response"),
                arguments(
                        "no answer",
                        Issuer.refusal(OCSPRespBuilder.TRY_LATER),
                        Status.UNKNOWN,
                        "OCSP response error: TRY_LATER"),
                arguments("garbage", "<html>".getBytes(StandardCharsets.US_ASCII), Status.UNKNOWN, ""),
                arguments("nothing", new byte[0], Status.UNKNOWN, ""));
    }

    private static byte[] good(Issuer issuer) {
        return issuer.answer(LEAF.certificate(), Issuer.GOOD);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void believesWhatTheIssuerSignedAndHolds(String kind, byte[] answer, Status status, String detail) {
        Revocation found = OcspAnswer.judge(ISSUED, answer, Revocation.Source.OCSP, "http://ocsp.test", Instant.now());

        assertThat(found.status()).as(kind).isEqualTo(status);
        assertThat(found.detail()).contains(detail);
        assertThat(found.detail().isEmpty()).isEqualTo(status == Status.GOOD);
        assertThat(found.knownAt().isPresent()).isEqualTo(status != Status.UNKNOWN);
    }

    @Test
    void tellsWhenItWasKnownAndUntilWhenItHolds() {
        Instant from = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(6));
        Instant until = from.plus(Duration.ofDays(7));

        Revocation found = OcspAnswer.judge(
                ISSUED, good(new Issuer(AUTHORITY).valid(from, until)), Revocation.Source.STAPLED, "", Instant.now());

        assertThat(found.knownAt()).contains(from);
        assertThat(found.until()).contains(until);
    }

    @Test
    void ofSeveralStapledAnswersEachIsGivenToItsCertificate() {
        IssuedCertificate intermediate = AUTHORITY.intermediate("Between").issue();
        IssuedCertificate below = intermediate.leaf("mail.test").issue();
        var answers = new StapledAnswers(
                List.of(
                        new Issuer(AUTHORITY).answer(intermediate.certificate(), Issuer.revoked()),
                        new Issuer(intermediate).answer(below.certificate(), Issuer.GOOD)),
                Instant.now());

        assertThat(answers.about(List.of(
                        new Issued(0, below.certificate(), intermediate.certificate()),
                        new Issued(1, intermediate.certificate(), AUTHORITY.certificate()))))
                .extracting(Revocation::status)
                .containsExactly(Status.GOOD, Status.REVOKED);
    }
}
