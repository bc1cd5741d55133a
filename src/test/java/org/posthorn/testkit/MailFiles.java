package org.posthorn.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads mbox files (mboxrd) and Maildirs by the letter of their formats, each byte a character. */
public final class MailFiles {
    private static final Pattern FROM_LINE = Pattern.compile(
            "From \\S+ (Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}\n");

    private MailFiles() {}

    /** The messages of an mbox or a Maildir. */
    public static List<String> messages(Path place) throws IOException {
        return Files.isDirectory(place) ? maildir(place) : mbox(Files.readString(place, ISO_8859_1));
    }

    private static List<String> mbox(String text) {
        List<String> messages = new ArrayList<>();
        if (text.isEmpty()) {
            return messages;
        }
        for (String part : text.split("(?<=\n)(?=From )", -1)) {
            int end = part.indexOf('\n') + 1;
            if (!FROM_LINE.matcher(part.substring(0, end)).matches() || !part.endsWith("\n\n")) {
                throw new AssertionError("no message of an mbox: " + part);
            }
            messages.add(part.substring(end, part.length() - 1).replaceAll("(?dm)^>(>*From )", "$1"));
        }
        return messages;
    }

    private static List<String> maildir(Path place) throws IOException {
        List<String> messages = new ArrayList<>();
        try (Stream<Path> left = Files.list(place.resolve("tmp"))) {
            if (left.findAny().isPresent()) {
                throw new AssertionError("something was left in tmp");
            }
        }
        for (String part : List.of("new", "cur")) {
            try (Stream<Path> files = Files.list(place.resolve(part))) {
                for (Path file : files.sorted().toList()) {
                    messages.add(Files.readString(file, ISO_8859_1));
                }
            }
        }
        return messages;
    }
}
