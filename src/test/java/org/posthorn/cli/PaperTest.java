package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PaperTest {

    @Test
    void charactersThatPoseAsOtherTextAreMadeVisible() {
        assertThat(printed("a\u202Eb\u2066c\u2069d\u001b[2Je\u009Bf\u200Fg", StandardCharsets.UTF_8))
                .isEqualTo("a·b·c·d·[2Je·f·g");
    }

    @Test
    void signsThatTheTerminalLacksAreReplaced() {
        assertThat(printed("“one ↵ two” \u202E", StandardCharsets.US_ASCII)).isEqualTo("\"one / two\" .");
    }

    private static String printed(String text, Charset charset) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Paper(new PrintStream(bytes, true, charset)).line(text);
        return bytes.toString(charset).stripTrailing();
    }
}
