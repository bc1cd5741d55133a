package org.posthorn.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WireTextTest {
    private static String decode(int... bytes) {
        byte[] wire = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            wire[i] = (byte) bytes[i];
        }
        return WireText.decode(wire, 0, wire.length);
    }

    @Test
    void showsUtf8AsItIs() {
        byte[] bytes = "Grüße € 😀 \\Seen".getBytes(UTF_8);
        String text = WireText.decode(bytes, 0, bytes.length);
        assertThat(WireText.show(text)).isEqualTo("Grüße € 😀 \\Seen");
        assertThat(WireText.bytes(text)).isEqualTo(bytes.length);
    }

    @Test
    void escapesBytesThatAreNoUtf8() {
        assertThat(WireText.show(decode('a', 0x93, 'b'))).isEqualTo("a\\x93b");
        assertThat(WireText.show(decode(0xC3))).isEqualTo("\\xc3");
        assertThat(WireText.show(decode(0xC0, 0x80))).isEqualTo("\\xc0\\x80");
        assertThat(WireText.show(decode(0xE0, 0x80, 0x80))).isEqualTo("\\xe0\\x80\\x80");
        assertThat(WireText.show(decode(0xED, 0xA0, 0x80))).isEqualTo("\\xed\\xa0\\x80");
        assertThat(WireText.show(decode(0xF4, 0x90, 0x80, 0x80))).isEqualTo("\\xf4\\x90\\x80\\x80");
        assertThat(WireText.show(decode(0xF0, 0x9F, 0x98, 'x'))).isEqualTo("\\xf0\\x9f\\x98x");
        assertThat(WireText.show(decode(0xFF, 0xFE))).isEqualTo("\\xff\\xfe");
    }

    @Test
    void countsBytesOfWhateverItDecoded() {
        assertThat(WireText.bytes(decode(0xFC, 'a', 0xC3, 0xBC, 0xE2, 0x82, 0xAC, 0xED, 0xA0, 0x80)))
                .isEqualTo(10);
    }

    @Test
    void escapesWhatIsNotVisible() {
        assertThat(WireText.show("a\tb\rc\nd\0e\u001bf\u007fg\u0085h"))
                .isEqualTo("a\\tb\\rc\\nd\\x00e\\x1bf\\x7fg\\u0085h");
    }

    @Test
    void escapesWhatTurnsOrBreaksTheLine() {
        assertThat(WireText.show("a\u202eb\u2028c\u2066d")).isEqualTo("a\\u202eb\\u2028c\\u2066d");
    }

    @Test
    void takesTheHeadByBytes() {
        assertThat(WireText.head("aü€x", 0)).isEmpty();
        assertThat(WireText.head("aü€x", 3)).isEqualTo("aü");
        assertThat(WireText.head("aü€x", 6)).isEqualTo("aü€");
        assertThat(WireText.head("aü€x", 99)).isEqualTo("aü€x");
    }
}
