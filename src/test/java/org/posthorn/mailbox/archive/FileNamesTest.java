package org.posthorn.mailbox.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
    @ParameterizedTest
    @CsvSource({
        "INBOX, INBOX",
        "Sent Items, Sent Items",
        "Archive/2024, Archive%2F2024",
        "a.b, a.b",
        ".., %2E%2E",
        "., %2E",
        ".hidden, %2Ehidden",
        "dot., dot%2E",
        "'blank ', blank%20",
        "' blank', %20blank",
        "Entwürfe, Entw%C3%BCrfe",
        "100%, 100%25",
        "a~2, a%7E2",
        "a\\b:c*d?e<f>g|h, a%5Cb%3Ac%2Ad%3Fe%3Cf%3Eg%7Ch",
        "con, %63on",
        "NUL, %4EUL",
        "com1.backup, %63om1.backup",
        "console, console",
    })
    void aNameIsSafeOnEveryFileSystem(String name, String file) {
        assertThat(FileNames.encode(name)).isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "%zz", "%4", "..", "a/../b", "日本語 😀", "\u0000\n\t", "LPT9", " ", "a~b%7Ec", "x."})
    void everyNameCanBeReadBack(String name) {
        String encoded = FileNames.encode(name);

        assertThat(FileNames.decode(encoded)).isEqualTo(name);
        assertThat(encoded).matches("[ -}&&[^/\\\\:*?\"<>|]]*");
    }

    @Test
    void everyCharacterCanBeReadBack() {
        for (int c = 1; c < 0x3000; c++) {
            String name = "a" + Character.toString(c) + "b";
            assertThat(FileNames.decode(FileNames.encode(name))).isEqualTo(name);
        }
    }
}
