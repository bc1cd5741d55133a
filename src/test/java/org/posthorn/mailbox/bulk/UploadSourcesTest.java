package org.posthorn.mailbox.bulk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.testkit.NothingLeft;

/** Messages are found in files and leave them as they were before they were put there. */
@ExtendWith(NothingLeft.class)
class UploadSourcesTest {
    @TempDir
    private Path folder;

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content, ISO_8859_1);
    }

    private static List<StoredMessage> read(Quoting mbox, Path... sources) throws IOException {
        return UploadPlan.of(List.of(sources), mbox, Optional.empty(), 100).fresh();
    }

    private static String text(StoredMessage message) throws IOException {
        var out = new ByteArrayOutputStream();
        message.writeTo(out);
        assertThat(message.size()).isEqualTo(out.size());
        return out.toString(ISO_8859_1);
    }

    @Test
    void anMboxIsDividedAtItsFromLines() throws Exception {
        Path mbox = file("m", """
            From a@x.test Fri Mar  1 10:00:05 2024
            Message-ID: <1@x.test>
            Status: RO
            X-Status: AF

            >From the start
            >>From a quote
            ,From nobody
            text
            From the middle of a paragraph

            From b@x.test Sat Mar 02 10:00:05 +0100 2024
            Message-ID:
             <2@x.test>

            one


            From no date
            Subject: none

            last
            """);

        List<StoredMessage> messages = read(Quoting.MBOXRD, mbox);

        assertThat(messages).hasSize(3);
        assertThat(text(messages.getFirst()))
                .isEqualTo("Message-ID: <1@x.test>\r\nStatus: RO\r\nX-Status: AF\r\n\r\nFrom the start\r\n>From a"
                        + " quote\r\n,From nobody\r\ntext\r\nFrom the middle of a paragraph\r\n");
        assertThat(messages.getFirst())
                .returns(Optional.of("<1@x.test>"), StoredMessage::id)
                .returns(List.of("\\Seen", "\\Answered", "\\Flagged"), StoredMessage::flags)
                .returns(Optional.of(Instant.parse("2024-03-01T10:00:05Z")), StoredMessage::received);
        assertThat(text(messages.get(1))).isEqualTo("Message-ID:\r\n <2@x.test>\r\n\r\none\r\n\r\n");
        assertThat(messages.get(1))
                .returns(Optional.of("<2@x.test>"), StoredMessage::id)
                .returns(Optional.of(Instant.parse("2024-03-02T09:00:05Z")), StoredMessage::received);
        assertThat(text(messages.get(2))).isEqualTo("Subject: none\r\n\r\nlast\r\n");
        assertThat(messages.get(2))
                .returns(Optional.empty(), StoredMessage::id)
                .returns("Subject: none\r\n\r\nlast\r\n", StoredMessage::head)
                .returns(Optional.empty(), StoredMessage::received);
    }

    @ParameterizedTest
    @CsvSource({"MBOXRD, >From one", "MBOXO, >>From one"})
    void aLineThatWasQuotedTwiceDependsOnTheFormat(Quoting quoting, String line) throws Exception {
        Path mbox = file("m", "From a\n\n>>From one\n>From two\n>>Fromage\n");

        assertThat(text(read(quoting, mbox).getFirst())).isEqualTo("\r\n" + line + "\r\nFrom two\r\n>>Fromage\r\n");
    }

    @Test
    void aLineOfAnyLengthStaysOneLine() throws Exception {
        String line = "x".repeat(FilePieces.MOST - 1);
        Path mbox = file("m", "From a\n\n" + line + "\r\n" + line + "yFrom\n" + line + "z\n\nFrom b\n\nend");

        List<StoredMessage> messages = read(Quoting.MBOXRD, mbox);

        assertThat(messages).hasSize(2);
        assertThat(text(messages.getFirst())).isEqualTo("\r\n" + line + "\r\n" + line + "yFrom\r\n" + line + "z\r\n");
        assertThat(text(messages.getLast())).isEqualTo("\r\nend");
    }

    @Test
    void bytesThatNoLineShouldHoldStayAsTheyAre() throws Exception {
        Path one = file("odd.eml", "Subject: \u00fc\n\na\0b\rc\r\n\u00ff>From\n>From x");

        assertThat(read(Quoting.MBOXRD, one))
                .singleElement()
                .satisfies(message ->
                        assertThat(text(message)).isEqualTo("Subject: \u00fc\r\n\r\na\0b\rc\r\n\u00ff>From\r\n>From x"))
                .returns("Subject: ", StoredMessage::head)
                .returns(List.of(), StoredMessage::flags)
                .returns(Optional.empty(), StoredMessage::received);
    }

    @Test
    void aMaildirTellsFlagsByItsNamesAndDatesByItsFiles() throws Exception {
        Path seen = file("box/cur/1.host:2,FRS", "Status: D\n\nseen");
        file("box/new/2.host", "Subject: new\n\nnew");
        file("box/tmp/3.host", "half");
        Files.setLastModifiedTime(seen, FileTime.from(Instant.parse("2020-02-02T02:02:02Z")));

        List<StoredMessage> messages = read(Quoting.MBOXRD, folder.resolve("box"));

        assertThat(messages).hasSize(2);
        assertThat(messages.getFirst())
                .returns(List.of("\\Flagged", "\\Answered", "\\Seen"), StoredMessage::flags)
                .returns(Optional.of(Instant.parse("2020-02-02T02:02:02Z")), StoredMessage::received);
        assertThat(text(messages.getLast())).endsWith("new");
    }

    @Test
    void whatIsNamedTwiceIsReadOnce() throws Exception {
        Path one = file("a.eml", "Subject: a\n\n");

        assertThat(read(Quoting.MBOXRD, one, folder.resolve("./a.eml"))).hasSize(1);
        Path here = Path.of("").toAbsolutePath();
        assertThat(read(Quoting.MBOXRD, one, here.relativize(one))).hasSize(1);
    }

    @Test
    void readingStopsBehindTheMost() throws Exception {
        Path mbox = file("m", "From a\n\n1\n\nFrom b\n\n2\n\nFrom c\n\n3\n");

        UploadPlan plan = UploadPlan.of(List.of(mbox), Quoting.MBOXRD, Optional.empty(), 2);

        assertThat(plan.isCut()).isTrue();
        assertThat(plan.messages()).isEqualTo(2);
        assertThat(UploadPlan.of(List.of(mbox), Quoting.MBOXRD, Optional.empty(), 3))
                .returns(false, UploadPlan::isCut)
                .returns(15L, UploadPlan::bytes);
    }

    @Test
    void whatCannotBeReadIsNamed() throws Exception {
        Files.createDirectory(folder.resolve("plain"));
        file("empty", "");

        for (String name : List.of("missing", "plain", "empty")) {
            assertThatExceptionOfType(SourceUnusable.class)
                    .isThrownBy(() -> read(Quoting.MBOXRD, folder.resolve(name)))
                    .satisfies(e -> assertThat(e.sentence())
                            .contains(folder.resolve(name).toString()));
        }
    }
}
