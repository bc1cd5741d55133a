package org.posthorn.client.pop3;

import java.util.Locale;
import java.util.Set;

/**
 * A command of the transaction state (RFC 1939 §5, §7) that may be sent with others (RFC 2449 §6.6).
 *
 * @param multiline whether lines follow a reply that says yes
 */
public record Pop3Command(String text, boolean multiline) {
    private static final Set<String> READING = Set.of("LIST", "NOOP", "RETR", "STAT", "TOP", "UIDL");

    /** Whether it is known to change nothing; more than one line could hold any other command. */
    boolean onlyReads() {
        String verb = text.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        return READING.contains(verb) && text.chars().noneMatch(c -> c == '\r' || c == '\n');
    }

    /** How many messages there are, and their size together. */
    public static Pop3Command stat() {
        return new Pop3Command("STAT", false);
    }

    /** The size of every message. */
    public static Pop3Command list() {
        return new Pop3Command("LIST", true);
    }

    public static Pop3Command list(int message) {
        return new Pop3Command("LIST " + message, false);
    }

    /** The name of every message, which stays the same from session to session. */
    public static Pop3Command uidl() {
        return new Pop3Command("UIDL", true);
    }

    public static Pop3Command uidl(int message) {
        return new Pop3Command("UIDL " + message, false);
    }

    public static Pop3Command retr(int message) {
        return new Pop3Command("RETR " + message, true);
    }

    /** The headers and so many lines of the body. */
    public static Pop3Command top(int message, int lines) {
        return new Pop3Command("TOP " + message + " " + lines, true);
    }

    /** Marks a message, which QUIT then deletes. */
    public static Pop3Command dele(int message) {
        return new Pop3Command("DELE " + message, false);
    }
}
