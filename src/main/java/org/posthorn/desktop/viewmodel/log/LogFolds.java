package org.posthorn.desktop.viewmodel.log;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.posthorn.wire.Direction;
import org.posthorn.wire.WireEvent;
import org.posthorn.wire.WireLog;

/**
 * Which replies of several lines are folded to their first line. A reply is what the server said without a word between:
 * how each protocol ends one need not be known, since a client waits for the end before it speaks.
 */
final class LogFolds {
    private boolean all;
    private final Set<Long> exceptions = new HashSet<>();

    boolean areAll() {
        return all;
    }

    void setAll(boolean fold) {
        all = fold;
        exceptions.clear();
    }

    boolean isOff() {
        return !all && exceptions.isEmpty();
    }

    /** Whether the reply that begins with a line is folded. */
    boolean contains(long head) {
        return all != exceptions.contains(head);
    }

    void toggle(long head) {
        if (!exceptions.remove(head)) {
            exceptions.add(head);
        }
    }

    /** Whether a line belongs to the same reply as the line just before it. */
    static boolean continues(WireEvent before, WireEvent line) {
        return line.direction() == Direction.SERVER
                && before.direction() == Direction.SERVER
                && line.connection() == before.connection()
                && line.phase() == before.phase();
    }

    /** The first line of the reply that a line belongs to. */
    static long head(WireLog log, long sequence) {
        long head = sequence;
        while (head > log.firstSequence() && continues(log, head)) {
            head--;
        }
        return head;
    }

    /** Whether a line of the log belongs to the same reply as the line before it. */
    static boolean continues(WireLog log, long sequence) {
        List<WireEvent> pair = log.from(sequence - 1, 2);
        return pair.size() == 2 && pair.getLast().sequence() == sequence && continues(pair.getFirst(), pair.getLast());
    }
}
