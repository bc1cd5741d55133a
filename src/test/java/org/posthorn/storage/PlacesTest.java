package org.posthorn.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final Path HOME = Path.of("alice").toAbsolutePath();
    private static final Path ELSEWHERE = Path.of("elsewhere").toAbsolutePath();

    @Test
    void followsTheXdgDefaultsOnLinux() {
        Places places = Places.of("Linux", Map.of(), HOME);

        assertThat(places.accounts()).isEqualTo(HOME.resolve(".config/posthorn/accounts.json"));
        assertThat(places.window()).isEqualTo(HOME.resolve(".local/state/posthorn/window.json"));
        assertThat(places.logs()).isEqualTo(HOME.resolve(".local/state/posthorn"));
    }

    @Test
    void followsTheXdgVariablesAndIgnoresRelativeOnes() {
        Map<String, String> environment = Map.of("XDG_CONFIG_HOME", ELSEWHERE.toString(), "XDG_STATE_HOME", "here");

        Places places = Places.of("Linux", environment, HOME);

        assertThat(places.configuration()).isEqualTo(ELSEWHERE.resolve("posthorn"));
        assertThat(places.state()).isEqualTo(HOME.resolve(".local/state/posthorn"));
    }

    @Test
    void usesTheLibraryOnMacOs() {
        Places places = Places.of("Mac OS X", Map.of("XDG_CONFIG_HOME", ELSEWHERE.toString()), HOME);

        assertThat(places.configuration()).isEqualTo(HOME.resolve("Library/Application Support/Posthorn"));
        assertThat(places.logs()).isEqualTo(HOME.resolve("Library/Logs/Posthorn"));
    }

    @Test
    void usesApplicationDataOnWindows() {
        Map<String, String> environment = Map.of(
                "APPDATA",
                ELSEWHERE.resolve("Roaming").toString(),
                "LOCALAPPDATA",
                ELSEWHERE.resolve("Local").toString());

        Places places = Places.of("Windows 11", environment, HOME);

        assertThat(places.configuration()).isEqualTo(ELSEWHERE.resolve("Roaming/Posthorn"));
        assertThat(places.state()).isEqualTo(ELSEWHERE.resolve("Local/Posthorn"));
    }

    @Test
    void findsTheFoldersOfWindowsWithoutVariables() {
        assertThat(Places.of("Windows 11", Map.of(), HOME).configuration())
                .isEqualTo(HOME.resolve("AppData/Roaming/Posthorn"));
    }
}
