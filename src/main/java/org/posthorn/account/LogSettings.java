package org.posthorn.account;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The protocol log file. What is shown in the window is kept whatever is said here.
 *
 * @param enabled whether there is a file; default no
 * @param file where it is, its folders are made; absent means {@code posthorn.log} in the program's folder of logs
 * @param dated whether the local date goes into the name, as in {@code posthorn-2026-11-23.log}, with a new file at
 *     midnight; default no
 */
public record LogSettings(boolean enabled, Optional<Path> file, boolean dated) {
    public static LogSettings defaults() {
        return new LogSettings(false, Optional.empty(), false);
    }

    public LogSettings withEnabled(boolean on) {
        return new LogSettings(on, file, dated);
    }

    public LogSettings withFile(Optional<Path> path) {
        return new LogSettings(enabled, path, dated);
    }

    public LogSettings withDated(boolean on) {
        return new LogSettings(enabled, file, on);
    }
}
