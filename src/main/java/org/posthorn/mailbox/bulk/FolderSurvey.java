package org.posthorn.mailbox.bulk;

import java.time.Instant;
import java.util.Optional;
import org.posthorn.timeline.Failure;

/**
 * What a folder holds.
 *
 * @param name for a person to read
 * @param unread without the flag \Seen
 * @param bytes of all messages together (RFC822.SIZE)
 * @param largest the size of the largest message in bytes; zero when there is none
 * @param oldest when the first message came (INTERNALDATE); absent when there is none
 * @param newest likewise the last
 * @param failure why the folder could not be looked into, or not all of it
 */
public record FolderSurvey(
        String name,
        long messages,
        long unread,
        long bytes,
        long largest,
        Optional<Instant> oldest,
        Optional<Instant> newest,
        Optional<Failure> failure) {

    static FolderSurvey of(String name) {
        return new FolderSurvey(name, 0, 0, 0, 0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    FolderSurvey withMessage(boolean seen, long size, Optional<Instant> came) {
        return new FolderSurvey(
                name,
                messages + 1,
                unread + (seen ? 0 : 1),
                bytes + size,
                Math.max(largest, size),
                earlier(oldest, came),
                later(newest, came),
                failure);
    }

    /** With another part of the same folder. */
    FolderSurvey with(FolderSurvey part) {
        return new FolderSurvey(
                name,
                messages + part.messages,
                unread + part.unread,
                bytes + part.bytes,
                Math.max(largest, part.largest),
                earlier(oldest, part.oldest),
                later(newest, part.newest),
                failure.or(part::failure));
    }

    FolderSurvey withFailure(Failure reason) {
        return new FolderSurvey(name, messages, unread, bytes, largest, oldest, newest, Optional.of(reason));
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return one.filter(date -> other.isEmpty() || date.isBefore(other.get())).or(() -> other);
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.filter(date -> other.isEmpty() || date.isAfter(other.get())).or(() -> other);
    }
}
