package org.posthorn.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A program and its arguments as one typed line: words between blanks, those with a blank in double quotes, a double quote
 * inside those doubled. Nothing else has a meaning, so that paths of every system can be typed as they are.
 */
public final class CommandWords {
    private static final Pattern WORD = Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")*)\"|([^\\s\"]+))(?=\\s|$)");

    private CommandWords() {}

    /** The words of a line; empty when a quote is left open or stands inside a word. */
    public static Optional<List<String>> split(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line.strip());
        int end = 0;
        while (end < line.strip().length()) {
            if (!word.find(end) || word.start() != end) {
                return Optional.empty();
            }
            words.add(word.group(2) == null ? word.group(1).replace("\"\"", "\"") : word.group(2));
            end = word.end();
        }
        return Optional.of(words);
    }

    /** The line that {@link #split} reads back. */
    public static String join(List<String> words) {
        return words.stream().map(CommandWords::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        boolean plain = !word.isEmpty() && word.chars().noneMatch(c -> c == '"' || Character.isWhitespace(c));
        return plain ? word : "\"" + word.replace("\"", "\"\"") + "\"";
    }
}
