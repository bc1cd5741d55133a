package org.posthorn.mailbox.bulk;

import java.util.Optional;
import org.posthorn.timeline.Failure;

/**
 * What was downloaded of a folder.
 *
 * @param name for a person to read
 * @param file the name of the file or folder that its messages are in; absent until the server has opened the folder
 * @param renumbered whether earlier messages have become others to the server (UIDVALIDITY); what was downloaded of them
 *     stays in a file of its own
 * @param messages that came now
 * @param bytes of these, as the server has them
 * @param alreadyThere messages that an earlier run has downloaded
 * @param gone messages that vanished from the server before they came
 * @param failure why the folder could not be downloaded, or not all of it
 */
public record FolderDownload(
        String name,
        Optional<String> file,
        boolean renumbered,
        long messages,
        long bytes,
        long alreadyThere,
        long gone,
        Optional<Failure> failure) {

    static FolderDownload of(String name) {
        return new FolderDownload(name, Optional.empty(), false, 0, 0, 0, 0, Optional.empty());
    }

    FolderDownload into(String place, boolean anew) {
        return new FolderDownload(name, Optional.of(place), anew, messages, bytes, alreadyThere, gone, failure);
    }

    FolderDownload withMessage(long size) {
        return new FolderDownload(name, file, renumbered, messages + 1, bytes + size, alreadyThere, gone, failure);
    }

    FolderDownload withAlreadyThere(long more) {
        return new FolderDownload(name, file, renumbered, messages, bytes, alreadyThere + more, gone, failure);
    }

    FolderDownload withGone(long more) {
        return new FolderDownload(name, file, renumbered, messages, bytes, alreadyThere, gone + more, failure);
    }

    FolderDownload withFailure(Failure reason) {
        return new FolderDownload(
                name, file, renumbered, messages, bytes, alreadyThere, gone, failure.or(() -> Optional.of(reason)));
    }
}
