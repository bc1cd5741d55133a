package org.posthorn.client.line;

import java.util.Locale;
import java.util.Optional;
import org.posthorn.account.Protocol;

/** Recognises who speaks by a first line. */
public final class Greetings {
    private Greetings() {}

    /** The protocol that begins with such a line, when it is another than the one meant. */
    public static Optional<String> otherThan(Protocol meant, String line) {
        return spoken(line).filter(name -> !name.equals(meant.name()));
    }

    /** The name of the protocol that begins with such a line; absent when it is none that is known. */
    public static Optional<String> spoken(String line) {
        String start = line.stripLeading().toUpperCase(Locale.ROOT);
        if (start.startsWith("* OK") || start.startsWith("* PREAUTH") || start.startsWith("* BYE")) {
            return Optional.of("IMAP");
        }
        if (start.startsWith("+OK") || start.startsWith("-ERR")) {
            return Optional.of("POP3");
        }
        if (start.startsWith("220")) {
            return Optional.of(start.contains("FTP") && !start.contains("SMTP") ? "FTP" : "SMTP");
        }
        if (start.startsWith("421") || start.startsWith("554")) {
            return Optional.of("SMTP");
        }
        if (start.startsWith("HTTP/") || start.startsWith("<!DOCTYPE") || start.startsWith("<HTML")) {
            return Optional.of("HTTP");
        }
        if (start.startsWith("SSH-")) {
            return Optional.of("SSH");
        }
        if (start.startsWith("\"IMPLEMENTATION\"")) {
            return Optional.of("ManageSieve");
        }
        return Optional.empty();
    }
}
