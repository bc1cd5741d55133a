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
