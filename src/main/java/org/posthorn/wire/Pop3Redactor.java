package org.posthorn.wire;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.account.Secret;

/** Hides what PASS, APOP and AUTH carry (RFC 1939, RFC 5034). */
final class Pop3Redactor implements Redactor {
    private static final Pattern COMMAND = Pattern.compile("(\\s*+)(\\S++)(\\s*+)(.*+)", Pattern.DOTALL);
    private static final Pattern USER_AND_MORE = Pattern.compile("(\\S++\\s++)(\\S.*+)", Pattern.DOTALL);
    private static final Set<String> COMMANDS = Set.of(
            "CAPA", "DELE", "LANG", "LAST", "LIST", "NOOP", "QUIT", "RETR", "RSET", "STAT", "STLS", "TOP", "UIDL",
            "USER", "UTF8", "XTND");

    private final LineMask mask;
    private Optional<String> mechanism = Optional.empty();
    private boolean loginSeen;

    Pop3Redactor(SecretMask mask) {
        this.mask = new LineMask(mask);
    }

    @Override
    public String client(String line, int length) {
        return mask.sent(line, mechanism.isPresent() ? SaslLines.response(line) : command(line));
    }

    @Override
    public String server(String line, int length) {
        if (mechanism.isEmpty()) {
            return mask.received(line);
        }
        if (startsWith(line, "+OK") || startsWith(line, "-ERR")) {
            mechanism = Optional.empty();
        } else if (line.startsWith("+")) {
            return mask.received("+" + SaslLines.challenge(mechanism.get(), line.substring(1)));
        }
        return mask.received(line);
    }

    @Override
    public String note(String text) {
        return mask.received(text);
    }

    private String command(String line) {
        Matcher parts = COMMAND.matcher(line);
        if (!parts.matches()) {
            return line;
        }
        String verb = parts.group(2).toUpperCase(Locale.ROOT);
        String before = parts.group(1) + parts.group(2) + parts.group(3);
        String arguments = parts.group(4);
        return switch (verb) {
            case "PASS" -> before + credential(arguments);
            case "APOP" -> before + apop(arguments);
            case "AUTH" -> before + auth(arguments);
            default -> other(verb, line);
        };
    }

    private String credential(String credential) {
        loginSeen = true;
        return credential.isEmpty() ? "" : Secret.DOTS;
    }

    private String apop(String arguments) {
        Matcher parts = USER_AND_MORE.matcher(arguments);
        return parts.matches() ? parts.group(1) + credential(parts.group(2)) : credential(arguments);
    }

    /** Without a mechanism AUTH asks which there are, and nothing follows. */
    private String auth(String arguments) {
        if (arguments.isEmpty()) {
            return arguments;
        }
        loginSeen = true;
        mechanism = Optional.of(SaslLines.mechanism(arguments));
        return SaslLines.arguments(arguments);
    }

    /**
     * Once a login was begun, only commands are shown: a server that ends an exchange too early, or answers a pipelined
     * command, does not bring a response to light, nor does a password with a line break.
     */
    private String other(String verb, String line) {
        boolean command = COMMANDS.contains(verb);
        loginSeen |= verb.equals("USER");
        return command || !loginSeen ? line : Secret.DOTS;
    }

    private static boolean startsWith(String line, String reply) {
        return line.regionMatches(true, 0, reply, 0, reply.length());
    }
}
