package org.posthorn.mailbox;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The headers of a message, unfolded (RFC 5322 §2.2.3) and in their order. */
public record MessageHeaders(List<String> lines) {
    public MessageHeaders {
        lines = List.copyOf(lines);
    }

    /** Of the lines of a message; those behind the first empty line are not read. */
    public static MessageHeaders of(List<String> message) {
        List<String> headers = new ArrayList<>();
        for (String line : message) {
            if (line.isEmpty()) {
                break;
            }
            boolean folded = line.startsWith(" ") || line.startsWith("\t");
            if (folded && !headers.isEmpty()) {
                headers.set(headers.size() - 1, headers.getLast() + " " + line.strip());
            } else {
                headers.add(line);
            }
        }
        return new MessageHeaders(headers);
    }

    /** The value of the first field of that name, whatever its case. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** The same as a person reads it (RFC 2047); empty where there is none. */
    public String text(String name) {
        String value = HeaderText.read(first(name).orElse(""));
        try {
            return MimeUtility.decodeText(value);
        } catch (UnsupportedEncodingException _) {
            return value;
        }
    }

    /** The values of all of them. */
    public List<String> all(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return lines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .toList();
    }
}
