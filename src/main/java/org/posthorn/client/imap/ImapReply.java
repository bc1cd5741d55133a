package org.posthorn.client.imap;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The replies to one command: everything untagged, and the tagged line that ends it.
 *
 * @param status {@code OK}, {@code NO} or {@code BAD}
 * @param tagged the tagged line as it came
 */
public record ImapReply(List<String> untagged, String status, String tagged) {
    public ImapReply {
        untagged = List.copyOf(untagged);
    }

    /** The status word of a tagged line, in capitals; absent when it has none of the three. */
    static Optional<String> statusOf(String tagged) {
        String[] parts = tagged.split(" ", 3);
        return Optional.of(parts.length < 2 ? "" : parts[1].toUpperCase(Locale.ROOT))
                .filter(status -> List.of("OK", "NO", "BAD").contains(status));
    }

    public boolean isOk() {
        return status.equals("OK");
    }

    /** The response code of the tagged line, its atom alone (RFC 9051 §7.1). */
    public Optional<String> code() {
        return ResponseCode.of(tagged).map(ResponseCode::atom);
    }

    /** The capabilities in an untagged CAPABILITY response or in a response code, the last that came. */
    public Optional<List<String>> capabilities() {
        return Stream.concat(untagged.stream(), Stream.of(tagged))
                .flatMap(line -> ImapReply.capabilitiesIn(line).stream())
                .reduce((earlier, later) -> later);
    }

    static Optional<List<String>> capabilitiesIn(String line) {
        String untagged = "* CAPABILITY ";
        if (line.regionMatches(true, 0, untagged, 0, untagged.length())) {
            return Optional.of(words(line.substring(untagged.length())));
        }
        return ResponseCode.of(line)
                .filter(code -> code.atom().equals("CAPABILITY"))
                .map(code -> words(code.arguments()));
    }

    private static List<String> words(String text) {
        return Stream.of(text.strip().split(" +"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** A response code such as {@code [CAPABILITY IMAP4rev1 IDLE]}. */
    record ResponseCode(String atom, String arguments) {

        /** The code after the status word of a line, when there is one. */
        static Optional<ResponseCode> of(String line) {
            String[] parts = line.split(" ", 3);
            int end = parts.length < 3 ? -1 : parts[2].indexOf(']');
            if (end < 0 || !parts[2].startsWith("[")) {
                return Optional.empty();
            }
            String inside = parts[2].substring(1, end);
            int blank = inside.indexOf(' ');
            return Optional.of(
                    blank < 0
                            ? new ResponseCode(inside.toUpperCase(Locale.ROOT), "")
                            : new ResponseCode(
                                    inside.substring(0, blank).toUpperCase(Locale.ROOT), inside.substring(blank + 1)));
        }
    }
}
