package org.posthorn.wire;

import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.account.Secret;

/**
 * Hides what AUTH carries (RFC 4954). Commands may be pipelined (RFC 2920), so it keeps the commands that wait for their
 * reply; and a message, sent by DATA or BDAT (RFC 3030), may hold lines that look like commands.
 */
final class SmtpRedactor implements Redactor {
    private static final Pattern COMMAND = Pattern.compile("(\\s*+)(\\S++)(\\s*+)(.*+)", Pattern.DOTALL);
    private static final Pattern REPLY = Pattern.compile("(\\d{3})(?:\\s.*+)?", Pattern.DOTALL);
    private static final Pattern CHUNK = Pattern.compile("(\\d{1,18})(?:\\s.*+)?", Pattern.DOTALL);
    private static final Set<String> COMMANDS = Set.of(
            "ATRN",
            "BDAT",
            "BURL",
            "DATA",
            "EHLO",
            "ETRN",
            "EXPN",
            "HELO",
            "HELP",
            "LHLO",
            "MAIL",
            "NOOP",
            "QUIT",
            "RCPT",
            "RSET",
            "STARTTLS",
            "VRFY",
            "XCLIENT",
            "XFORWARD");

    /** A command that waits for its reply; of AUTH the mechanism. */
    private sealed interface Waiting {
        record Auth(String mechanism) implements Waiting {}

        record Data() implements Waiting {}

        record Other() implements Waiting {}
    }

    private final LineMask mask;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private boolean loginSeen;
    private boolean message;
    private long chunk;

    SmtpRedactor(SecretMask mask) {
        this.mask = new LineMask(mask);
    }

    @Override
    public String client(String line, int length) {
        if (chunk > 0 && chunk >= length) {
            chunk -= length;
            return mask.sent(line, line);
        }
        String content = WireText.head(line, chunk);
        chunk = 0;
        return mask.sent(line, content + afterChunk(line.substring(content.length())));
    }

    @Override
    public String server(String line, int length) {
        if (line.startsWith("334")) {
            String mechanism = authentication().map(Waiting.Auth::mechanism).orElse("");
            return mask.received("334" + SaslLines.challenge(mechanism, line.substring(3)));
        }
        Matcher reply = REPLY.matcher(line);
        if (reply.matches()) {
            message |= waiting.poll() instanceof Waiting.Data && reply.group(1).equals("354");
        }
        return mask.received(line);
    }

    @Override
    public String note(String text) {
        return mask.received(text);
    }

    private String afterChunk(String line) {
        if (message) {
            return content(line);
        }
        return authentication().isPresent() ? SaslLines.response(line) : command(line);
    }

    private String content(String line) {
        if (line.equals(".")) {
            message = false;
            waiting.add(new Waiting.Other());
        }
        return line;
    }

    private String command(String line) {
        Matcher parts = COMMAND.matcher(line);
        if (!parts.matches()) {
            return line;
        }
        String verb = parts.group(2).toUpperCase(Locale.ROOT);
        if (verb.equals("AUTH") && !parts.group(4).isEmpty()) {
            loginSeen = true;
            waiting.add(new Waiting.Auth(SaslLines.mechanism(parts.group(4))));
            return parts.group(1) + parts.group(2) + parts.group(3) + SaslLines.arguments(parts.group(4));
        }
        return other(verb, parts.group(4), line);
    }

    /**
     * Once a login was begun, only commands are shown: no server's reply brings a response to light. What is no command
     * is then not expected to have a reply of its own.
     */
    private String other(String verb, String arguments, String line) {
        if (loginSeen && !COMMANDS.contains(verb)) {
            return Secret.DOTS;
        }
        waiting.add(verb.equals("DATA") ? new Waiting.Data() : new Waiting.Other());
        Matcher size = CHUNK.matcher(arguments);
        if (verb.equals("BDAT") && size.matches()) {
            chunk = Long.parseLong(size.group(1));
        }
        return line;
    }

    private Optional<Waiting.Auth> authentication() {
        return waiting.stream()
                .filter(Waiting.Auth.class::isInstance)
                .map(Waiting.Auth.class::cast)
                .reduce((first, second) -> second);
    }
}
