package org.posthorn.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
    private static final int CAP = 10;

    @ParameterizedTest
    @ValueSource(strings = {"one\r\ntwo\n", "one\ntwo\r\n"})
    void endsLinesAtLfWithOrWithoutCr(String text) throws IOException {
        LineReader reader = reader(text);

        assertThat(text(reader.line(CAP))).isEqualTo("one");
        assertThat(text(reader.line(CAP))).isEqualTo("two");
        assertThrows(EOFException.class, () -> reader.line(CAP));
    }

    @Test
    void keepsACrInsideALine() throws IOException {
        assertThat(text(reader("a\rb\r\r\n").line(CAP))).isEqualTo("a\rb\r");
    }

    @Test
    void takesNoLineWithoutItsEnd() {
        LineReader reader = reader("half");

        assertThrows(EOFException.class, () -> reader.line(CAP));
    }

    @Test
    void takesALineOfTheCapAndNoLonger() throws IOException {
        assertThat(text(reader("0123456789\n").line(CAP))).isEqualTo("0123456789");

        var exceeded = assertThrows(
                LineReader.CapExceeded.class, () -> reader("0123456789x\n").line(CAP));
        assertThat(exceeded.what()).isEqualTo("a line");
        assertThat(exceeded.cap()).isEqualTo(CAP);
    }

    @Test
    void readsNoMoreThanItMayUntilItMayAgain() throws IOException {
        LineReader reader = reader("12\n34\n56\n");
        reader.allow(6);
        reader.line(CAP);
        reader.line(CAP);
        var exceeded = assertThrows(LineReader.CapExceeded.class, () -> reader.line(CAP));
        assertThat(exceeded.what()).isEqualTo("a reply");
        assertThat(exceeded.cap()).isEqualTo(6);

        reader.allow(3);
        assertThat(text(reader.line(CAP))).isEqualTo("56");
    }

    @Test
    void readsCountedBytesAcrossItsBuffer() throws IOException {
        String much = "x".repeat(20_000);

        assertThat(text(reader(much + "y").bytes(20_001))).isEqualTo(much + "y");
    }

    @Test
    void readsLinesAcrossItsBuffer() throws IOException {
        String much = "x".repeat(20_000);
        LineReader reader = reader(much + "\r\n" + much + "\r\n");

        assertThat(text(reader.line(30_000))).isEqualTo(much);
        assertThat(text(reader.piece(30_000))).isEqualTo(much + "\r\n");
    }

    @Test
    void cutsALongLineInPieces() throws IOException {
        LineReader reader = reader("12345\n6");

        assertThat(text(reader.piece(3))).isEqualTo("123");
        assertThat(text(reader.piece(3))).isEqualTo("45\n");
        assertThrows(EOFException.class, () -> reader.piece(3));
    }

    @Test
    void countsWhatItReadsInPiecesAndToTheEnd() throws IOException {
        LineReader reader = reader("12\n34\n56\n");
        reader.allow(4);

        assertThat(text(reader.piece(CAP))).isEqualTo("12\n");
        assertThrows(LineReader.CapExceeded.class, () -> reader.piece(CAP));
        reader.allow(4);
        assertThrows(LineReader.CapExceeded.class, reader::rest);
    }

    @Test
    void readsTheRestOfTheStream() throws IOException {
        LineReader reader = reader("one\ntwo\nthree");
        reader.line(CAP);

        assertThat(text(reader.rest())).isEqualTo("two\nthree");
    }

    @Test
    void keepsWhatFollowsCountedBytes() throws IOException {
        String much = "x".repeat(20_000);
        LineReader reader = reader("{20000}\r\n" + much + ")\r\nOK\r\n");

        assertThat(text(reader.line(CAP))).isEqualTo("{20000}");
        assertThat(text(reader.bytes(20_000))).isEqualTo(much);
        assertThat(text(reader.line(CAP))).isEqualTo(")");
        assertThat(text(reader.line(CAP))).isEqualTo("OK");
    }

    @Test
    void takesNoHalfOfCountedBytes() {
        assertThrows(EOFException.class, () -> reader("x".repeat(9_000)).bytes(20_000));
    }

    @Test
    void refusesToCountMoreThanItMayBeforeItReadsAny() {
        LineReader reader = new LineReader(InputStream.nullInputStream());
        reader.allow(100);

        assertThrows(LineReader.CapExceeded.class, () -> reader.bytes(101));
    }

    @Test
    void showsWhatItReadAhead() throws IOException {
        LineReader reader = reader("OK\r\ninjected");
        reader.line(CAP);

        assertThat(text(reader.readAhead())).isEqualTo("injected");
    }

    private static LineReader reader(String text) {
        return new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
