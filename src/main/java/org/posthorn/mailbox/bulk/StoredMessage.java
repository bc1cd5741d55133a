package org.posthorn.mailbox.bulk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message in a file, of which only what tells it apart is kept in memory.
 *
 * @param shown where it is, for a person
 * @param size in bytes as it goes over the wire
 * @param digest of these bytes, SHA-256 in hexadecimal
 * @param id its Message-ID, angle brackets included; absent where it has none that a server could be asked for
 * @param head of one without: its first bytes, as far as they are ASCII, at most {@value MessageIntake#HEAD}
 * @param flags such as {@code \Seen}, as far as the file knows them
 * @param received when it came, where the file knows
 */
record StoredMessage(
        Place place,
        String shown,
        Quoting quoting,
        long size,
        String digest,
        Optional<String> id,
        String head,
        List<String> flags,
        Optional<Instant> received) {
    StoredMessage {
        flags = List.copyOf(flags);
    }

    /** The bytes of a file from one to another, and how the file looked when they were counted. */
    record Place(Path file, long fileSize, FileTime modified, long from, long to) {
        static Place whole(Path file) throws IOException {
            long size = Files.size(file);
            return new Place(file, size, Files.getLastModifiedTime(file), 0, size);
        }

        Place part(long start, long end) {
            return new Place(file, fileSize, modified, start, end);
        }

        boolean isUnchanged() throws IOException {
            return Files.size(file) == fileSize
                    && Files.getLastModifiedTime(file).equals(modified);
        }
    }

    /** What two messages have in common that could be taken for each other in a folder. */
    String identity() {
        return id.orElseGet(() -> size + "\n" + head);
    }

    /** Why it can no longer be read as it was counted. */
    Optional<String> trouble() {
        try {
            return place.isUnchanged()
                    ? Optional.empty()
                    : Optional.of(place.file() + " was changed since its messages were counted");
        } catch (IOException e) {
            return Optional.of(place.file() + " can no longer be read");
        }
    }

    void writeTo(OutputStream out) throws IOException {
        try (FilePieces pieces = new FilePieces(place.file(), place.from(), place.to())) {
            for (var piece = pieces.next(); piece.isPresent(); piece = pieces.next()) {
                out.write(quoting.original(piece.get()));
            }
        }
    }
}
