package org.posthorn.diagnosis;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's reply taken apart.
 *
 * @param text as it came, possibly several lines
 * @param words the text on one line, in lower case and without the codes that each line repeats
 * @param status SMTP reply code (RFC 5321 §4.2)
 * @param enhanced SMTP enhanced status code (RFC 3463)
 * @param bracketed IMAP or POP3 response code (RFC 9051 §7.1, RFC 2449 §8), in capitals
 */
record Reply(
        String text, String words, Optional<String> status, Optional<String> enhanced, Optional<String> bracketed) {
    private static final Pattern STATUS = Pattern.compile("^([2-5]\\d\\d)(?:[ -]|$)");
    private static final Pattern ENHANCED = Pattern.compile("^[2-5]\\d\\d[ -]#?([245]\\.\\d{1,3}\\.\\d{1,3})\\b");
    private static final Pattern BRACKETED = Pattern.compile(
            "^(?:\\S+ (?:OK|NO|BAD|BYE|PREAUTH)|-ERR|\\+OK) \\[([A-Z][A-Z0-9/-]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LINE_PREFIX =
            Pattern.compile("(?m)^[2-5]\\d\\d[ -](?:#?[245]\\.\\d{1,3}\\.\\d{1,3} ?)?");

    static Reply of(String text) {
        String words = LINE_PREFIX.matcher(text).replaceAll("").replaceAll("\\s+", " ");
        return new Reply(
                text,
                words.strip().toLowerCase(Locale.ROOT),
                group(STATUS, text),
                group(ENHANCED, text),
                group(BRACKETED, text).map(code -> code.toUpperCase(Locale.ROOT)));
    }

    boolean has(String code) {
        return Optional.of(code).equals(status)
                || Optional.of(code).equals(enhanced)
                || Optional.of(code).equals(bracketed);
    }

    boolean says(Pattern pattern) {
        return pattern.matcher(words).find();
    }

    /** A refusal that may pass by itself: an SMTP reply of 4xx. */
    boolean isTransient() {
        return status.filter(code -> code.startsWith("4")).isPresent();
    }

    private static Optional<String> group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
