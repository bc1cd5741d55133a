package org.posthorn.client.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** A piece of a response: a word, a string or a list of both (RFC 9051 §4). */
public sealed interface ImapValue {

    /** An atom, with what stands in brackets behind it. */
    record Word(String text) implements ImapValue {}

    /** A quoted string or a literal. */
    record Text(String text) implements ImapValue {}

    record Group(List<ImapValue> values) implements ImapValue {
        public Group {
            values = List.copyOf(values);
        }

        /** What follows the word of that name, in capitals: the value of an attribute. */
        public Optional<ImapValue> of(String attribute) {
            return value(attribute::equals);
        }

        /** The same of the first word that begins so: servers write what stands in its brackets in their own way. */
        public Optional<ImapValue> startingWith(String attribute) {
            return value(name -> name.startsWith(attribute));
        }

        private Optional<ImapValue> value(Predicate<String> wanted) {
            for (int i = 0; i + 1 < values.size(); i += 2) {
                if (wanted.test(values.get(i).text().toUpperCase(Locale.ROOT))) {
                    return Optional.of(values.get(i + 1));
                }
            }
            return Optional.empty();
        }

        /** The words in it. */
        public List<String> words() {
            return values.stream().map(ImapValue::text).toList();
        }

        @Override
        public String text() {
            return "";
        }
    }

    /** Its text; of a list none. */
    String text();

    /** The number it is; absent when it is none. */
    default Optional<Long> number() {
        return text().matches("\\d{1,18}") ? Optional.of(Long.parseLong(text())) : Optional.empty();
    }

    /** The pieces of a response, literals included; what is cut off in the middle ends there. */
    static List<ImapValue> in(String response) {
        return new Reader(response).values();
    }

    /** Reads piece by piece. */
    final class Reader {
        private static final int DEEPEST = 32;

        private final String text;
        private int at;
        private int depth;

        private Reader(String text) {
            this.text = text;
        }

        private List<ImapValue> values() {
            List<ImapValue> values = new ArrayList<>();
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == ')' && depth > 0) {
                    break;
                }
                if (c == ' ' || c == ')') {
                    at++;
                } else {
                    values.add(value(c));
                }
            }
            return values;
        }

        private ImapValue value(char first) {
            return switch (first) {
                case '(' -> depth < DEEPEST ? group() : word();
                case '"' -> quoted();
                case '{' -> literal();
                default -> word();
            };
        }

        private ImapValue group() {
            at++;
            depth++;
            Group group = new Group(values());
            depth--;
            at++;
            return group;
        }

        private ImapValue quoted() {
            StringBuilder inside = new StringBuilder();
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                at += text.charAt(at) == '\\' ? 1 : 0;
                if (at < text.length()) {
                    inside.append(text.charAt(at++));
                }
            }
            at++;
            return new Text(inside.toString());
        }

        /** Its size is told in octets, and what was read of it are characters. */
        private ImapValue literal() {
            int end = text.indexOf("}\r\n", at);
            String size = end < 0 ? "" : text.substring(at + 1, end);
            if (!size.matches("\\d{1,9}")) {
                return word();
            }
            int start = end + 3;
            at = start;
            for (int octets = Integer.parseInt(size); octets > 0 && at < text.length(); ) {
                int character = text.codePointAt(at);
                at += Character.charCount(character);
                octets -= Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            }
            return new Text(text.substring(start, at));
        }

        private ImapValue word() {
            int start = at++;
            int brackets = text.charAt(start) == '[' ? 1 : 0;
            while (at < text.length() && (brackets > 0 || " ()".indexOf(text.charAt(at)) < 0)) {
                brackets += text.charAt(at) == '[' ? 1 : text.charAt(at) == ']' && brackets > 0 ? -1 : 0;
                at++;
            }
            return new Word(text.substring(start, at));
        }
    }
}
