package org.posthorn.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * This copy of Posthorn.
 *
 * @param releases the page that leads to the newest release; absent in a copy that a person has built
 */
public record Build(String version, Optional<URI> releases) {

    /** As the build has left it. */
    public static Build current() {
        Properties properties = new Properties();
        try (InputStream in = Build.class.getResourceAsStream("/org/posthorn/build.properties")) {
            properties.load(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Build(
                properties.getProperty("version", ""),
                Optional.of(properties.getProperty("releases", ""))
                        .filter(address -> address.startsWith("https://"))
                        .map(URI::create));
    }
}
