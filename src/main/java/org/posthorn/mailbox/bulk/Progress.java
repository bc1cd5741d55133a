package org.posthorn.mailbox.bulk;

import java.util.ArrayList;
import java.util.List;

/**
 * Heavy work as far as it has come: an immutable snapshot, published anew at each step.
 *
 * @param messages that are done
 * @param bytes of these
 * @param expectedMessages that are known to be done in all, grows while folders are looked into
 * @param open connections that are logged in
 * @param connections with which the work is done now; what was asked for, less what the server did not allow
 * @param notices what happened on the way, the oldest first, at most {@value #MOST_NOTICES}
 * @param unnamed how many more there were
 */
public record Progress(
        long messages,
        long bytes,
        long expectedMessages,
        int open,
        int connections,
        List<Notice> notices,
        long unnamed) {
    private static final int MOST_NOTICES = 1000;

    public Progress {
        notices = List.copyOf(notices);
    }

    static Progress with(int connections) {
        return new Progress(0, 0, 0, 0, connections, List.of(), 0);
    }

    Progress done(long moreMessages, long moreBytes) {
        return new Progress(
                messages + moreMessages, bytes + moreBytes, expectedMessages, open, connections, notices, unnamed);
    }

    Progress expecting(long moreMessages) {
        return new Progress(messages, bytes, expectedMessages + moreMessages, open, connections, notices, unnamed);
    }

    Progress opened(int more) {
        return new Progress(messages, bytes, expectedMessages, open + more, connections, notices, unnamed);
    }

    /** A server that says the same of several connections is told once; they may tell of it in any order. */
    Progress lowered(Notice.Lowered notice) {
        int left = Math.min(connections, notice.to());
        Progress fewer = new Progress(messages, bytes, expectedMessages, open, left, notices, unnamed);
        return notices.isEmpty() || !(notices.getLast() instanceof Notice.Lowered before)
                ? fewer.told(notice)
                : fewer.inPlaceOfTheLast(
                        new Notice.Lowered(Math.max(before.from(), notice.from()), left, before.failure()));
    }

    private Progress inPlaceOfTheLast(Notice notice) {
        List<Notice> all = new ArrayList<>(notices);
        all.set(all.size() - 1, notice);
        return new Progress(messages, bytes, expectedMessages, open, connections, all, unnamed);
    }

    Progress told(Notice notice) {
        if (notices.size() >= MOST_NOTICES) {
            return new Progress(messages, bytes, expectedMessages, open, connections, notices, unnamed + 1);
        }
        List<Notice> all = new ArrayList<>(notices);
        all.add(notice);
        return new Progress(messages, bytes, expectedMessages, open, connections, all, unnamed);
    }
}
