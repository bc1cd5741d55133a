package org.posthorn.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final Path HOME = Path.of("/home/alice");

    @Test
    void followsTheXdgDefaultsOnLinux() {
        Places places = Places.of("Linux", Map.of(), HOME);

        assertThat(places.accounts()).isEqualTo(Path.of("/home/alice/.config/posthorn/accounts.json"));
        assertThat(places.window()).isEqualTo(Path.of("/home/alice/.local/state/posthorn/window.json"));
        assertThat(places.logs()).isEqualTo(Path.of("/home/alice/.local/state/posthorn"));
    }

    @Test
    void followsTheXdgVariablesAndIgnoresRelativeOnes() {
        Map<String, String> environment = Map.of("XDG_CONFIG_HOME", "/etc/alice", "XDG_STATE_HOME", "here");

        Places places = Places.of("Linux", environment, HOME);

        assertThat(places.configuration()).isEqualTo(Path.of("/etc/alice/posthorn"));
        assertThat(places.state()).isEqualTo(Path.of("/home/alice/.local/state/posthorn"));
    }

    @Test
    void usesTheLibraryOnMacOs() {
        Places places = Places.of("Mac OS X", Map.of("XDG_CONFIG_HOME", "/etc/alice"), HOME);

        assertThat(places.configuration()).isEqualTo(HOME.resolve("Library/Application Support/Posthorn"));
        assertThat(places.logs()).isEqualTo(HOME.resolve("Library/Logs/Posthorn"));
    }

    @Test
    void usesApplicationDataOnWindows() {
        Map<String, String> environment = Map.of("APPDATA", "/C/Roaming", "LOCALAPPDATA", "/C/Local");

        Places places = Places.of("Windows 11", environment, HOME);

        assertThat(places.configuration()).isEqualTo(Path.of("/C/Roaming/Posthorn"));
        assertThat(places.state()).isEqualTo(Path.of("/C/Local/Posthorn"));
    }

    @Test
    void findsTheFoldersOfWindowsWithoutVariables() {
        assertThat(Places.of("Windows 11", Map.of(), HOME).configuration())
                .isEqualTo(HOME.resolve("AppData/Roaming/Posthorn"));
    }
}
