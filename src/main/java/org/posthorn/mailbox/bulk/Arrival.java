package org.posthorn.mailbox.bulk;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.posthorn.client.imap.ImapValue;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.mailbox.imap.ImapFolder;
import org.posthorn.mailbox.imap.UidRange;
import org.posthorn.timeline.FailureException;

/**
 * Whether a message is in a folder whose APPEND was never answered. Only messages that have come since the upload began count,
 * and of these only as many as are not known already: with its Message-ID and its size, or where it has no Message-ID with its
 * size and its first bytes.
 */
enum Arrival {
    ARRIVED,
    MISSING,
    /** There is something like it that it may be or not. */
    UNCLEAR;

    /** How many UIDs one command names. */
    private static final int TOGETHER = 100;

    /**
     * Looks for a message in the folder that is selected.
     *
     * @param like messages of the same identity that this upload has appended
     * @param unclear how many more of them may be there or not
     */
    static Arrival of(StoredMessage message, List<StoredMessage> like, long unclear, UploadBase base, ImapFolder folder)
            throws FailureException {
        long known = like.stream().filter(each -> each.size() == message.size()).count();
        long alike = alike(message, base, folder);
        if (alike > known + unclear) {
            return ARRIVED;
        }
        // A server that changes messages keeps their Message-ID.
        boolean other =
                message.id().isPresent() && search(keys(message, base), folder).size() > like.size();
        return alike > known || other ? UNCLEAR : MISSING;
    }

    private static long alike(StoredMessage message, UploadBase base, ImapFolder folder) throws FailureException {
        String size = " LARGER " + Math.max(0, message.size() - 1) + " SMALLER " + (message.size() + 1);
        List<Long> found = search(keys(message, base) + size, folder);
        return message.id().isPresent() || message.head().isEmpty()
                ? found.size()
                : withHead(message.head(), found, folder);
    }

    /** A range that ended in a star would name the last message also where it is older. */
    private static String keys(StoredMessage message, UploadBase base) {
        String since = "UID " + new UidRange(base.next(), UidRange.LARGEST).set();
        // It needs the quotes of a name, no more.
        return since
                + message.id()
                        .map(id -> " HEADER Message-ID " + new MailboxName(id).argument())
                        .orElse("");
    }

    private static List<Long> search(String keys, ImapFolder folder) throws FailureException {
        return folder.demand("UID SEARCH " + keys).untagged().stream()
                .filter(line -> line.toUpperCase(Locale.ROOT).startsWith("* SEARCH"))
                .flatMap(line ->
                        Stream.of(line.substring("* SEARCH".length()).strip().split(" +", -1)))
                .filter(uid -> uid.matches("\\d{1,10}"))
                .map(Long::parseLong)
                .distinct()
                .toList();
    }

    private static long withHead(String head, List<Long> uids, ImapFolder folder) throws FailureException {
        long count = 0;
        for (int at = 0; at < uids.size(); at += TOGETHER) {
            String set = uids.subList(at, Math.min(uids.size(), at + TOGETHER)).stream()
                    .map(String::valueOf)
                    .reduce((left, right) -> left + "," + right)
                    .orElse("");
            count += folder.fetch("UID FETCH " + set + " (UID BODY.PEEK[]<0." + head.length() + ">)").stream()
                    .filter(message -> message.of("BODY[]<0>")
                            .map(ImapValue::text)
                            .filter(head::equals)
                            .isPresent())
                    .count();
        }
        return count;
    }
}
