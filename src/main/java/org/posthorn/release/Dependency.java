package org.posthorn.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A part of Posthorn that others have made.
 *
 * @param licence by its SPDX identifiers
 */
public record Dependency(String name, String version, String licence) {

    /** All of them, as they are listed in every package. */
    public static List<Dependency> all() {
        try (InputStream in = Dependency.class.getResourceAsStream("/org/posthorn/dependencies.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" {2,}", -1))
                    .filter(columns -> columns.length == 3)
                    .map(columns -> new Dependency(columns[0], columns[1], columns[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
