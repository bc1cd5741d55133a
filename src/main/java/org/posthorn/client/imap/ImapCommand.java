package org.posthorn.client.imap;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A command without its tag, such as {@code STATUS INBOX (MESSAGES)}; one line, without a literal. */
public record ImapCommand(String text) {
    /** During these alone a server may not renumber messages (RFC 9051 §7.5.1). */
    private static final Set<String> STEADY = Set.of("FETCH", "STORE", "SEARCH");

    private static final Set<String> BY_NUMBER = Set.of("FETCH", "STORE", "SEARCH", "COPY", "MOVE", "SORT", "THREAD");

    /** What they change decides what the next command means, or whether there is a next. */
    private static final Set<String> ALONE = Set.of(
            "APPEND",
            "AUTHENTICATE",
            "CLOSE",
            "COMPRESS",
            "ENABLE",
            "EXAMINE",
            "IDLE",
            "LOGIN",
            "LOGOUT",
            "SELECT",
            "STARTTLS",
            "UNSELECT");

    /** What is known to change neither a mailbox nor its messages, as long as folders are opened by EXAMINE. */
    private static final Set<String> READING = Set.of(
            "CAPABILITY",
            "CLOSE",
            "EXAMINE",
            "FETCH",
            "GETQUOTA",
            "GETQUOTAROOT",
            "ID",
            "LIST",
            "LSUB",
            "NAMESPACE",
            "NOOP",
            "SEARCH",
            "SORT",
            "STATUS",
            "THREAD",
            "UNSELECT");

    /** Whether it changes nothing; more than one line could hold any other command. */
    public boolean onlyReads() {
        String[] words = text.toUpperCase(Locale.ROOT).split(" ", 3);
        String verb = words[0].equals("UID") && words.length > 1 ? words[1] : words[0];
        return READING.contains(verb) && text.chars().noneMatch(c -> c == '\r' || c == '\n');
    }

    /**
     * Whether it may be sent while others wait for their reply. Where numbers could change under it, it must not (RFC 9051
     * §5.5); what changes the state of the connection goes alone.
     */
    boolean mayFollow(List<ImapCommand> waiting) {
        boolean ambiguous = BY_NUMBER.contains(verb()) && !waiting.stream().allMatch(ImapCommand::isSteady);
        return !ambiguous && !isAlone() && waiting.stream().noneMatch(ImapCommand::isAlone);
    }

    private boolean isSteady() {
        return STEADY.contains(verb());
    }

    private boolean isAlone() {
        return ALONE.contains(verb());
    }

    private String verb() {
        return text.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    }
}
