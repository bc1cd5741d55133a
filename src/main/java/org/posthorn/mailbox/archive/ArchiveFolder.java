package org.posthorn.mailbox.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a mail folder becomes on disk. It is opened for the time of work in it and can be opened again. Safe for any number of
 * threads.
 */
public final class ArchiveFolder implements AutoCloseable {
    private final Path place;
    private final Path record;
    private final Journal.Title title;
    private final ArchiveFormat format;
    private final boolean renumbered;
    private Optional<Shelf> shelf = Optional.empty();
    private boolean broken;

    ArchiveFolder(Path place, Path record, Journal.Title title, ArchiveFormat format, boolean renumbered) {
        this.place = place;
        this.record = record;
        this.title = title;
        this.format = format;
        this.renumbered = renumbered;
    }

    /** The name of the file or folder. */
    public String file() {
        return String.valueOf(place.getFileName());
    }

    /** Whether the mail folder was here before with other UIDs, which stay in a file of their own. */
    public boolean isRenumbered() {
        return renumbered;
    }

    /** Takes back what was left unfinished; does nothing where it is open. */
    public synchronized void open() throws IOException {
        if (shelf.isEmpty()) {
            shelf = Optional.of(
                    switch (format) {
                        case MBOX -> MboxShelf.open(place, record, title);
                        case MAILDIR -> MaildirShelf.open(place, record, title);
                    });
        }
    }

    /** Whether a message is there. */
    public synchronized boolean holds(String key) {
        return opened().holds(key);
    }

    /** Adds a message; returns false where it is there already. */
    public synchronized boolean add(Arrival arrival, Spool content) throws IOException {
        if (broken) {
            throw new ArchiveProblem("nothing more can be written into " + place + ".");
        }
        if (opened().holds(arrival.key())) {
            return false;
        }
        // Behind a write that failed in the middle nothing may follow.
        broken = true;
        opened().add(arrival, content);
        broken = false;
        return true;
    }

    private Shelf opened() {
        return shelf.orElseThrow(() -> new IllegalStateException(place + " is not open"));
    }

    @Override
    public synchronized void close() throws IOException {
        if (shelf.isPresent()) {
            Shelf closing = shelf.get();
            shelf = Optional.empty();
            closing.close();
        }
    }
}
