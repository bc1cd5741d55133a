package org.posthorn.storage;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The folders that the operating system's rules give to this program; they need not exist yet.
 *
 * @param configuration what a person would miss: the accounts
 * @param state what can be made anew: the window's state
 * @param logs protocol logs and reports of bugs
 */
public record Places(Path configuration, Path state, Path logs) {

    /**
     * The places of a system.
     *
     * @param system the value of {@code os.name}
     * @param environment the environment variables
     */
    public static Places of(String system, Map<String, String> environment, Path home) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return windows(environment, home);
        }
        return name.startsWith("mac") ? mac(home) : xdg(environment, home);
    }

    public Path accounts() {
        return configuration.resolve("accounts.json");
    }

    /** The secrets of those accounts that keep theirs in the vault. */
    public Path vault() {
        return configuration.resolve("vault.json");
    }

    public Path window() {
        return state.resolve("window.json");
    }

    /** The protocol log, where no other file is named. */
    public Path log() {
        return logs.resolve("posthorn.log");
    }

    /** The logins that servers refused of late. */
    public Path refusedLogins() {
        return state.resolve("refused-logins.json");
    }

    private static Places windows(Map<String, String> environment, Path home) {
        Path roaming = absolute(environment, "APPDATA").orElse(home.resolve("AppData/Roaming"));
        Path local = absolute(environment, "LOCALAPPDATA").orElse(home.resolve("AppData/Local"));
        Path state = local.resolve("Posthorn");
        return new Places(roaming.resolve("Posthorn"), state, state.resolve("Logs"));
    }

    private static Places mac(Path home) {
        Path support = home.resolve("Library/Application Support/Posthorn");
        return new Places(support, support, home.resolve("Library/Logs/Posthorn"));
    }

    /** The XDG Base Directory Specification, which has relative paths ignored. */
    private static Places xdg(Map<String, String> environment, Path home) {
        Path configuration = absolute(environment, "XDG_CONFIG_HOME").orElse(home.resolve(".config"));
        Path state = absolute(environment, "XDG_STATE_HOME")
                .orElse(home.resolve(".local/state"))
                .resolve("posthorn");
        return new Places(configuration.resolve("posthorn"), state, state);
    }

    private static Optional<Path> absolute(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .filter(Path::isAbsolute);
    }
}
