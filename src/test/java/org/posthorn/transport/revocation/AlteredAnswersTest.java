package org.posthorn.transport.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.IssuedCertificate;
import org.posthorn.testkit.Issuer;
import org.posthorn.timeline.Revocation;
import org.posthorn.timeline.Revocation.Status;

/** Whatever a byte of an answer is changed to, it says what it said or nothing. */
class AlteredAnswersTest {
    private static final IssuedCertificate AUTHORITY = Certificates.authority();
    private static final Issued ONE =
            new Issued(0, AUTHORITY.leaf("mail.test").issue().certificate(), AUTHORITY.certificate());
    private static final Issued OTHER =
            new Issued(0, AUTHORITY.leaf("other.test").issue().certificate(), AUTHORITY.certificate());
    private final Instant now = Instant.now();

    /** An OCSP answer or a list, to be read. */
    static final class Answer {
        private final String kind;
        private final byte[] bytes;
        private final boolean list;

        Answer(String kind, byte[] bytes, boolean list) {
            this.kind = kind;
            this.bytes = bytes.clone();
            this.list = list;
        }

        Revocation about(Issued issued, byte[] altered, Instant now) {
            return list
                    ? RevocationList.judge(issued, altered, "http://list.test", now)
                    : OcspAnswer.judge(issued, altered, Revocation.Source.OCSP, "http://ocsp.test", now);
        }

        @Override
        public String toString() {
            return kind;
        }
    }

    static Stream<Answer> answers() {
        Issuer issuer = new Issuer(AUTHORITY);
        return Stream.of(
                new Answer("good", issuer.answer(ONE.certificate(), Issuer.GOOD), false),
                new Answer("revoked", issuer.answer(ONE.certificate(), Issuer.revoked()), false),
                new Answer("list", issuer.list(ONE.certificate().getSerialNumber()), true));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void aChangedByteNeverMakesAnotherAnswer(Answer answer) {
        Revocation told = answer.about(ONE, answer.bytes, now);
        Revocation toldOfOther = answer.about(OTHER, answer.bytes, now);

        altered(answer.bytes, (place, bytes) -> {
            assertThat(List.of(answer.about(ONE, bytes, now)))
                    .as(place)
                    .allMatch(it -> it.equals(told) || it.status() == Status.UNKNOWN);
            assertThat(List.of(answer.about(OTHER, bytes, now)))
                    .as(place)
                    .allMatch(it -> it.equals(toldOfOther) || it.status() == Status.UNKNOWN);
        });
    }

    private static void assertTellsNothing(Revocation found) {
        assertThat(found.status()).isEqualTo(Status.UNKNOWN);
        assertThat(found.detail()).isNotEmpty();
    }

    private static void altered(byte[] answer, BiConsumer<String, byte[]> reader) {
        for (int at = 0; at < answer.length; at++) {
            for (int value : new int[] {answer[at] ^ 1, answer[at] ^ 0x80, 0x30}) {
                byte[] bytes = answer.clone();
                bytes[at] = (byte) value;
                reader.accept("byte " + at + " as " + (value & 0xff), bytes);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerThatEndsEarlyTellsNothing(Answer answer) {
        for (int length = 0; length < answer.bytes.length; length++) {
            assertTellsNothing(answer.about(ONE, Arrays.copyOf(answer.bytes, length), now));
        }
    }

    @Test
    void saysWhatIsWrongWithWhatIsNoAnswer() {
        byte[] page = "<html>".getBytes(StandardCharsets.US_ASCII);

        assertThat(OcspAnswer.judge(ONE, new byte[0], Revocation.Source.OCSP, "", now)
                        .detail())
                .isEqualTo("the answer is empty");
        assertThat(OcspAnswer.judge(ONE, page, Revocation.Source.OCSP, "", now).detail())
                .isEqualTo("the answer cannot be read");
        assertThat(RevocationList.judge(ONE, new byte[0], "", now).detail()).isEqualTo("the answer is empty");
    }
}
