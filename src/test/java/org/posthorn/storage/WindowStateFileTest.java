package org.posthorn.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowStateFileTest {
    @TempDir
    Path folder;

    @Test
    void comesBackAsItWasLeft() {
        WindowState state = new WindowState(
                Optional.of(new WindowState.Bounds(-12, 40, 1360, 860)),
                true,
                Map.of("log", 0.7),
                Map.of("tab", "connection"),
                "dark");

        assertThat(file().save(state)).isTrue();
        assertThat(file().load()).isEqualTo(state);
    }

    @Test
    void isTheFirstStateWhereThereIsNone() {
        assertThat(file().load()).isEqualTo(WindowState.first());
    }

    @Test
    void isTheFirstStateWhereItCannotBeRead() throws IOException {
        for (String text : new String[] {"", "{", "[1]", "7", "{\"bounds\": 3, \"panes\": [1], \"theme\": {}}"}) {
            Files.writeString(path(), text);

            assertThat(file().load()).isEqualTo(WindowState.first());
        }
    }

    @Test
    void saysWhetherItCouldBeWritten() throws IOException {
        Files.writeString(path(), "in the way");

        assertThat(new WindowStateFile(path().resolve("window.json")).save(WindowState.first()))
                .isFalse();
    }

    private WindowStateFile file() {
        return new WindowStateFile(path());
    }

    private Path path() {
        return folder.resolve("window.json");
    }
}
