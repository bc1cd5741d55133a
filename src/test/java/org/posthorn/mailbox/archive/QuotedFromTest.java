package org.posthorn.mailbox.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in an mbox around and in a message. */
class QuotedFromTest {
    private static String quoted(String... pieces) throws IOException {
        var bytes = new ByteArrayOutputStream();
        QuotedFrom out = new QuotedFrom(bytes);
        for (String piece : pieces) {
            out.write(piece.getBytes(ISO_8859_1));
        }
        out.end();
        return bytes.toString(ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        "'From x', '>From x\n\n'",
        "'>From x\n', '>>From x\n\n'",
        "'a\n>>>From x\n', 'a\n>>>>From x\n\n'",
        "'From', 'From\n\n'",
        "'>>\n', '>>\n\n'",
        "'>>', '>>\n\n'",
        "'FFrom x\n', 'FFrom x\n\n'",
        "'From:x\nfrom x\n From x\n', 'From:x\nfrom x\n From x\n\n'",
        "'>>x From y\nFro>From z\n', '>>x From y\nFro>From z\n\n'",
    })
    void onlyLinesThatBeginAMessageAreQuoted(String content, String written) throws IOException {
        assertThat(quoted(content)).isEqualTo(written);
    }

    @Test
    void everyContentCanBeReadBack() throws IOException {
        Random random = new Random(7);
        String[] pieces = {"From ", ">", "\n", "\r\n", "F", "From", "\0", "\u00ff", " ", "x"};
        for (int run = 0; run < 5000; run++) {
            StringBuilder content = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                content.append(pieces[random.nextInt(pieces.length)]);
            }
            content.append('\n');

            String written = quoted(content.toString());

            assertThat(written).doesNotContainPattern("(?dm)^From ");
            assertThat(written.substring(0, written.length() - 1).replaceAll("(?dm)^>(>*From )", "$1"))
                    .isEqualTo(content.toString());
        }
    }

    @Test
    void aContentThatIsTornApartAnywhereIsQuotedAlike() throws IOException {
        String content = "From a\nx\n>From b\n>\nFro\nFrom c\r\n\r\n>>From d\n\nFrom";
        for (int first = 0; first <= content.length(); first++) {
            for (int second = first; second <= content.length(); second++) {
                assertThat(quoted(
                                content.substring(0, first),
                                content.substring(first, second),
                                content.substring(second)))
                        .isEqualTo(quoted(content));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'From: Alice <alice@x.test>\r\n\r\n', alice@x.test",
        "'Return-Path: <bounce@x.test>\r\nFrom: a@y\r\n\r\n', bounce@x.test",
        "'Subject: none\r\n\r\nFrom: body@x.test\r\n', MAILER-DAEMON",
        "'From: no address\r\n\r\n', MAILER-DAEMON",
    })
    void theFromLineNamesTheSender(String content, String sender) {
        Arrival arrival = new Arrival("1", Optional.of(Instant.parse("2024-03-01T09:05:06Z")), Optional.empty());

        assertThat(FromLine.of(arrival, content.getBytes(ISO_8859_1)))
                .isEqualTo("From " + sender + " Fri Mar  1 09:05:06 2024\n");
    }

    @Test
    void withoutAnArrivalTheFromLineHasTheDateOfTheMessage() {
        Arrival arrival = new Arrival("1", Optional.empty(), Optional.empty());
        String dated = "Date: Fri, 21 Nov 1997 09:55:06 -0600\r\n\r\n";

        assertThat(FromLine.of(arrival, dated.getBytes(ISO_8859_1))).endsWith(" Fri Nov 21 15:55:06 1997\n");
        assertThat(FromLine.of(arrival, "Date: soon\r\n\r\n".getBytes(ISO_8859_1)))
                .endsWith(" Thu Jan  1 00:00:00 1970\n");
    }
}
