package org.posthorn.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandWordsTest {
    @Test
    void splitsAtBlanksAndKeepsQuotedWordsWhole() {
        assertThat(CommandWords.split("  C:\\get\\token.exe \"a b\"  \"say \"\"x\"\"\" \"\" $HOME "))
                .contains(List.of("C:\\get\\token.exe", "a b", "say \"x\"", "", "$HOME"));
    }

    @Test
    void refusesAnOpenOrMisplacedQuote() {
        assertThat(CommandWords.split("a \"b")).isEmpty();
        assertThat(CommandWords.split("a\"b\"")).isEmpty();
        assertThat(CommandWords.split("\"a\"b")).isEmpty();
    }

    @Test
    void readsBackWhatItWrites() {
        for (List<String> words : List.of(List.<String>of(), List.of("a"), List.of("a b", "", "\"", "c\"d e"))) {
            assertThat(CommandWords.split(CommandWords.join(words))).contains(words);
        }
    }
}
