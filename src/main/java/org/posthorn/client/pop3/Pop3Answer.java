package org.posthorn.client.pop3;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the server said to one command.
 *
 * @param lines those that follow a multi-line reply, byte for byte and without stuffed dots
 */
public record Pop3Answer(Pop3Command command, Pop3Reply reply, List<byte[]> lines) {
    public Pop3Answer {
        lines = List.copyOf(lines);
    }

    /** The lines as text, each byte a character. */
    public List<String> texts() {
        return lines.stream()
                .map(line -> new String(line, StandardCharsets.ISO_8859_1))
                .toList();
    }
}
