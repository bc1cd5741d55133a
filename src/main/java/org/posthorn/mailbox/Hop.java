package org.posthorn.mailbox;

import jakarta.mail.internet.MailDateFormat;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One server that a message went through, by the Received header it left (RFC 5321 §4.4).
 *
 * @param from who handed the message over, as the server names it
 * @param by the server
 * @param with the protocol, such as ESMTPS or LMTP (RFC 3848)
 * @param id the server's own name for the message, by which its log is searched
 * @param delay since the hop before; negative where the two clocks differ
 */
public record Hop(
        Optional<String> from,
        Optional<String> by,
        Optional<String> with,
        Optional<String> id,
        Optional<Instant> date,
        Optional<Duration> delay) {
    private static final Pattern FROM = Pattern.compile("(?i)(?:^|\\s)from\\s+(\\S+(?:\\s+\\([^)]*\\))?)");
    private static final Pattern BY = word("by");
    private static final Pattern WITH = word("with");
    private static final Pattern ID = word("id");

    private static Pattern word(String name) {
        return Pattern.compile("(?i)(?:^|\\s)" + name + "\\s+([^\\s;]+)");
    }

    /** The hops of a message from its sender on; servers put theirs on top. */
    static List<Hop> of(MessageHeaders headers) {
        List<Hop> hops = new ArrayList<>();
        Optional<Instant> before = Optional.empty();
        for (String received : headers.all("Received").reversed()) {
            Hop hop = of(received, before);
            before = hop.date()
                    .or(() -> hops.isEmpty() ? Optional.empty() : hops.getLast().date());
            hops.add(hop);
        }
        return hops;
    }

    private static Hop of(String received, Optional<Instant> before) {
        int semicolon = received.lastIndexOf(';');
        String clauses = semicolon < 0 ? received : received.substring(0, semicolon);
        String plain = withoutComments(clauses);
        Optional<Instant> date = semicolon < 0 ? Optional.empty() : date(received.substring(semicolon + 1));
        return new Hop(
                find(FROM, clauses),
                find(BY, plain),
                find(WITH, plain),
                find(ID, plain),
                date,
                date.flatMap(now -> before.map(then -> Duration.between(then, now))));
    }

    /** What stands in brackets, the TLS version for one, may hold the words of a clause; brackets may stand in brackets. */
    private static String withoutComments(String clauses) {
        String plain = clauses;
        String before;
        do {
            before = plain;
            plain = before.replaceAll("\\([^()]*\\)", " ");
        } while (!plain.equals(before));
        return plain;
    }

    private static Optional<String> find(Pattern clause, String text) {
        Matcher matcher = clause.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(new MailDateFormat().parse(text.strip()).toInstant());
        } catch (ParseException _) {
            return Optional.empty();
        }
    }
}
