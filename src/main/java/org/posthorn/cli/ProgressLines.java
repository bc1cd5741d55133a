package org.posthorn.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.posthorn.mailbox.bulk.Notice;
import org.posthorn.mailbox.bulk.Progress;

/** Tells on the way what happens, and now and then how far the work is. */
final class ProgressLines implements Consumer<Progress> {
    private static final long KILO = 1000;

    private final Paper paper;
    private final Optional<Duration> period;
    private long told = System.nanoTime();
    private int notices;

    /**
     * For one piece of work.
     *
     * @param period how often to say how far it is; absent for never
     */
    ProgressLines(Paper paper, Optional<Duration> period) {
        this.paper = paper;
        this.period = period;
    }

    @Override
    public synchronized void accept(Progress now) {
        for (Notice notice : now.notices()
                .subList(Math.min(notices, now.notices().size()), now.notices().size())) {
            paper.line("posthorn: " + words(notice));
        }
        notices = now.notices().size();
        long elapsed = System.nanoTime() - told;
        if (period.filter(span -> elapsed >= span.toNanos()).isPresent()) {
            told = System.nanoTime();
            paper.line("posthorn: " + words(now));
        }
    }

    private static String words(Progress now) {
        String of = now.expectedMessages() > 0 ? " of " + count(now.expectedMessages()) : "";
        return count(now.messages()) + of + " messages, " + size(now.bytes()) + ", over " + now.open()
                + (now.open() == 1 ? " connection" : " connections");
    }

    static String words(Notice notice) {
        String why = notice.failure().serverText().orElse(notice.failure().kind());
        return switch (notice) {
            case Notice.Lost lost -> "connection #" + lost.connection() + " was lost (" + why + ") and is replaced.";
            case Notice.Lowered lowered ->
                "the server allows no more connections (" + why + "): the work goes on with " + lowered.to()
                        + " instead of " + lowered.from() + ".";
            case Notice.Slowed slowed ->
                "the server wants it slower (" + why + "): from now on a message each "
                        + slowed.pause().toMillis() + " ms.";
            case Notice.GivenUp given -> "given up: " + given.part() + " (" + why + ").";
        };
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** In units of a thousand. */
    static String size(long bytes) {
        if (bytes < KILO) {
            return bytes + " bytes";
        }
        double size = bytes;
        String[] units = {"kB", "MB", "GB", "TB"};
        int unit = -1;
        while (size >= KILO && unit < units.length - 1) {
            size /= KILO;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
    }
}
