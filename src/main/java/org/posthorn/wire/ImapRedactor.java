package org.posthorn.wire;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.account.Secret;

/** Hides what LOGIN and AUTHENTICATE carry (RFC 9051 §6.2), in whatever form, literals included (§4.3). */
final class ImapRedactor implements Redactor {
    private static final Pattern COMMAND =
            Pattern.compile("(\\s*+)(\\S++)(\\s++)([A-Za-z][A-Za-z0-9.-]*+)(\\s.*+)?", Pattern.DOTALL);
    private static final Pattern UNTAGGED_LOGIN =
            Pattern.compile("(?i)(\\s*+(?:LOGIN|AUTHENTICATE)\\s++)(\\S.*+)", Pattern.DOTALL);
    private static final Pattern COMPLETION =
            Pattern.compile("(?i)(\\S++)\\s++(?:OK|NO|BAD)(?:\\s.*+)?", Pattern.DOTALL);
    private static final Set<String> COMMANDS = Set.of(
            "APPEND",
            "CAPABILITY",
            "CHECK",
            "CLOSE",
            "COMPRESS",
            "COPY",
            "CREATE",
            "DELETE",
            "DELETEACL",
            "ENABLE",
            "EXAMINE",
            "EXPUNGE",
            "FETCH",
            "GETACL",
            "GETMETADATA",
            "GETQUOTA",
            "GETQUOTAROOT",
            "ID",
            "IDLE",
            "LIST",
            "LISTRIGHTS",
            "LOGOUT",
            "LSUB",
            "MOVE",
            "MYRIGHTS",
            "NAMESPACE",
            "NOOP",
            "NOTIFY",
            "RENAME",
            "SEARCH",
            "SELECT",
            "SETACL",
            "SETMETADATA",
            "SETQUOTA",
            "SORT",
            "STARTTLS",
            "STATUS",
            "STORE",
            "SUBSCRIBE",
            "THREAD",
            "UID",
            "UNAUTHENTICATE",
            "UNSELECT",
            "UNSUBSCRIBE",
            "XLIST");

    /** What the bytes of a literal are, and with them the rest of the command. */
    private enum Literal {
        SHOWN,
        USER,
        HIDDEN
    }

    private final LineMask mask;

    /** Mechanism by tag of each AUTHENTICATE that waits for its completion. */
    private final Map<String, String> authenticating = new LinkedHashMap<>();

    private String tag = "";
    private Optional<ImapLiteral> announced = Optional.empty();
    private Literal literal = Literal.SHOWN;
    private boolean inCommand;
    private long remaining;
    private boolean loginSeen;
    private boolean doubtful;

    ImapRedactor(SecretMask mask) {
        this.mask = new LineMask(mask);
    }

    @Override
    public String client(String line, int length) {
        boolean whole = length - WireText.bytes(line) <= 2;
        if (remaining > 0 && remaining >= length) {
            remaining -= length;
            return mask.sent(line, literalText(line));
        }
        String content = WireText.head(line, remaining);
        String rest = line.substring(content.length());
        remaining = 0;
        announced = Optional.empty();
        String shown = inCommand ? literalText(content) + continuation(rest) : command(rest, whole);
        inCommand = announced.isPresent();
        remaining = announced.map(ImapLiteral::bytes).orElse(0L);
        return mask.sent(line, shown);
    }

    @Override
    public String server(String line, int length) {
        if (line.startsWith("*") || !awaitsAnswer()) {
            return mask.received(line);
        }
        Matcher completion = COMPLETION.matcher(line);
        if (completion.matches()) {
            complete(completion.group(1));
        } else if (line.startsWith("+") && !authenticating.isEmpty()) {
            String mechanism = authenticating.values().iterator().next();
            return mask.received("+" + SaslLines.challenge(mechanism, line.substring(1)));
        }
        return mask.received(line);
    }

    /** Whether a line of the server's may change what the client's next line is; the many lines of a message cannot. */
    private boolean awaitsAnswer() {
        return inCommand || !authenticating.isEmpty();
    }

    @Override
    public String note(String text) {
        return mask.received(text);
    }

    /** A command that is refused while its client waits for leave to send a literal ends there (RFC 9051 §4.3). */
    private void complete(String completed) {
        authenticating.remove(completed);
        boolean refused = inCommand
                && announced
                        .filter(a -> a.synchronizing() && a.bytes() == remaining)
                        .isPresent();
        if (refused && completed.equals(tag)) {
            inCommand = false;
            remaining = 0;
        }
    }

    private String literalText(String text) {
        return text.isEmpty() || literal != Literal.HIDDEN ? text : Secret.DOTS;
    }

    /** The rest of a command after a literal. */
    private String continuation(String rest) {
        if (literal == Literal.USER) {
            String password = rest.stripLeading();
            return rest.substring(0, rest.length() - password.length()) + hidden(password);
        }
        if (literal == Literal.HIDDEN) {
            return hidden(rest);
        }
        announced = ImapLiteral.at(rest);
        return rest;
    }

    /** Hides text that may end with the announcement of a literal, whose size would tell the length of the secret. */
    private String hidden(String text) {
        literal = Literal.HIDDEN;
        announced = ImapLiteral.at(text);
        if (text.isEmpty()) {
            return text;
        }
        int before = text.length() - announced.map(a -> a.text().length()).orElse(0);
        String dots = before > 0 ? Secret.DOTS : "";
        return announced.isPresent() ? dots + "{" + Secret.DOTS + "}" : dots;
    }

    private String command(String line, boolean whole) {
        Matcher parts = COMMAND.matcher(line);
        if (!authenticating.isEmpty()) {
            return parts.matches() ? pipelined(parts, line) : SaslLines.response(line);
        }
        Matcher untagged = UNTAGGED_LOGIN.matcher(line);
        if (untagged.matches()) {
            beginLogin();
            return untagged.group(1) + hidden(untagged.group(2));
        }
        return parts.matches() ? tagged(parts, line, whole) : noCommand(line);
    }

    /** A command behind an AUTHENTICATE that is not finished is hidden, but what follows from it is known. */
    private String pipelined(Matcher parts, String line) {
        tag = parts.group(2);
        if (parts.group(4).equalsIgnoreCase("AUTHENTICATE")) {
            authenticating.put(tag, SaslLines.mechanism(arguments(parts)));
        }
        return hidden(line);
    }

    private String tagged(Matcher parts, String line, boolean whole) {
        tag = parts.group(2);
        String before = parts.group(1) + parts.group(2) + parts.group(3) + parts.group(4);
        return switch (parts.group(4).toUpperCase(Locale.ROOT)) {
            case "LOGIN" -> before + login(arguments(parts), whole);
            case "AUTHENTICATE" -> before + authenticate(arguments(parts));
            default -> other(parts.group(4).toUpperCase(Locale.ROOT), line);
        };
    }

    private static String arguments(Matcher parts) {
        return Optional.ofNullable(parts.group(5)).orElse("");
    }

    private String login(String arguments, boolean whole) {
        beginLogin();
        announced = ImapLiteral.at(arguments);
        if (whole && announced.filter(a -> a.text().equals(arguments.strip())).isPresent()) {
            literal = Literal.USER;
            return arguments;
        }
        int blank = endOfUser(arguments);
        while (blank < arguments.length() && Character.isWhitespace(arguments.charAt(blank))) {
            blank++;
        }
        return arguments.substring(0, blank) + hidden(arguments.substring(blank));
    }

    private String authenticate(String arguments) {
        beginLogin();
        authenticating.put(tag, SaslLines.mechanism(arguments));
        announced = ImapLiteral.at(arguments);
        literal = Literal.HIDDEN;
        return SaslLines.arguments(arguments);
    }

    private void beginLogin() {
        loginSeen = true;
        doubtful = true;
    }

    /** After a login, until a command that is known, a line may be a piece of a password that has a line break. */
    private String other(String name, String line) {
        boolean known = COMMANDS.contains(name);
        doubtful &= !known;
        if (doubtful) {
            return hidden(line);
        }
        announced = ImapLiteral.at(line);
        literal = Literal.SHOWN;
        return line;
    }

    /** Once a login was begun, a line that is no command may be a response to a challenge, whatever the server says. */
    private String noCommand(String line) {
        String word = line.strip();
        boolean harmless = word.isEmpty() || word.equals("*") || word.equalsIgnoreCase("DONE");
        return harmless || !loginSeen ? line : Secret.DOTS;
    }

    /**
     * Where the user name of a LOGIN ends: after a quoted string or an atom with a blank and another argument behind it.
     * Zero when the arguments are anything else; what the user name is and what the password, only their sender knows.
     */
    private static int endOfUser(String arguments) {
        int start = 0;
        while (start < arguments.length() && Character.isWhitespace(arguments.charAt(start))) {
            start++;
        }
        int end = start;
        if (end < arguments.length() && arguments.charAt(end) == '"') {
            end = endOfQuoted(arguments, end);
        } else {
            while (end < arguments.length() && !isBlankOrQuote(arguments.charAt(end))) {
                end++;
            }
        }
        boolean more = end < arguments.length()
                && Character.isWhitespace(arguments.charAt(end))
                && !arguments.substring(end).isBlank();
        return more ? end : 0;
    }

    private static int endOfQuoted(String text, int quote) {
        for (int i = quote + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i + 1;
            }
        }
        return text.length();
    }

    private static boolean isBlankOrQuote(char c) {
        return c == '"' || Character.isWhitespace(c);
    }
}
