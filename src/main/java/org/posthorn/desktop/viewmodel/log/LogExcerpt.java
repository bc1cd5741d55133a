package org.posthorn.desktop.viewmodel.log;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.posthorn.wire.WireEvent;
import org.posthorn.wire.WireLog;

/**
 * A range of the log under a filter, to be copied or saved. Lines that leave the log meanwhile are left out.
 *
 * @param first sequence number of the first line
 * @param end one more than the sequence number of the last line
 */
record LogExcerpt(WireLog log, LogFilter filter, long first, long end, LogText text) {
    private static final int BATCH = 4096;

    /** Writes the lines, and says what came of it. */
    String save(Path file, long count) {
        try {
            write(file);
            return count + " lines saved to " + file.getFileName() + ".";
        } catch (IOException _) {
            return "“" + file + "” cannot be written; choose another place for the log.";
        }
    }

    /** Writes the lines as text in UTF-8, replacing the file. */
    private void write(Path file) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file)) {
            append(writer);
        }
    }

    void append(Appendable target) throws IOException {
        long next = first;
        while (next < end) {
            List<WireEvent> events = log.from(next, (int) Math.min(BATCH, end - next));
            for (WireEvent event : events) {
                if (filter.passes(event)) {
                    target.append(text.whole(event)).append('\n');
                }
            }
            next = events.isEmpty() ? end : events.getLast().sequence() + 1;
        }
    }
}
