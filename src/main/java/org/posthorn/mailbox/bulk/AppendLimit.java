package org.posthorn.mailbox.bulk;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.mailbox.imap.ImapFolder;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

/** The largest message in bytes that a server takes (RFC 7889), for all folders or for each. */
final class AppendLimit {
    private static final Pattern ALL = Pattern.compile("(?i)APPENDLIMIT=(\\d{1,18})");
    private static final Pattern ONE = Pattern.compile("(?i)\\* STATUS .*\\bAPPENDLIMIT (\\d{1,18})\\b.*");

    private AppendLimit() {}

    /** Whether it has to be asked for. */
    static boolean isPerFolder(List<String> capabilities) {
        return capabilities.stream().anyMatch("APPENDLIMIT"::equalsIgnoreCase);
    }

    static OptionalLong of(List<String> capabilities) {
        return first(ALL, capabilities.stream());
    }

    /** A server that does not answer will say no to the message itself. */
    static OptionalLong of(ImapFolder imap, MailboxName folder) throws FailureException {
        try {
            return first(ONE, imap.demand("STATUS " + folder.argument() + " (APPENDLIMIT)").untagged().stream());
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.CommandRejected) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    private static OptionalLong first(Pattern pattern, Stream<String> lines) {
        return lines.map(pattern::matcher)
                .filter(Matcher::matches)
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .findFirst();
    }
}
