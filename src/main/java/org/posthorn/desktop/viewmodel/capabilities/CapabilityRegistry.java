package org.posthorn.desktop.viewmodel.capabilities;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.posthorn.account.Protocol;

/** The registered capabilities of the three protocols and of SASL, from {@code capabilities.properties}. */
public final class CapabilityRegistry {
    private final Properties entries = new Properties();

    /** Reads the registry that comes with the program. */
    public CapabilityRegistry() {
        try (InputStream file = CapabilityRegistry.class.getResourceAsStream("capabilities.properties")) {
            if (file == null) {
                throw new IllegalStateException("capabilities.properties is missing");
            }
            entries.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The meaning of a capability as the server wrote it: an IMAP atom, an EHLO line or a CAPA line. */
    Optional<Meaning> meaning(Protocol protocol, String capability) {
        String name = capability.strip().toUpperCase(Locale.ROOT);
        return keys(protocol, name).flatMap(key -> entry(key).stream()).findFirst();
    }

    /** The exact name first, then the part before its parameter: {@code QUOTA=RES-STORAGE}, {@code SIZE 35882577}. */
    private static Stream<String> keys(Protocol protocol, String name) {
        String prefix = protocol.word() + ".";
        String first = name.split("[ =]", 2)[0];
        Stream<String> mechanism =
                first.equals("AUTH") && name.startsWith("AUTH=") ? Stream.of("sasl." + name.substring(5)) : Stream.of();
        return Stream.concat(mechanism, Stream.of(prefix + name, prefix + first));
    }

    private Optional<Meaning> entry(String key) {
        String text = entries.getProperty(key);
        if (text == null) {
            return Optional.empty();
        }
        int bar = text.lastIndexOf('|');
        return Optional.of(new Meaning(
                text.substring(0, bar).strip(), text.substring(bar + 1).strip()));
    }
}
