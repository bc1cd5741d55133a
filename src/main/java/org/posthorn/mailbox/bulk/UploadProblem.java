package org.posthorn.mailbox.bulk;

import java.nio.file.Path;

/** What a person has to change before an upload can go on. */
public sealed interface UploadProblem {

    /**
     * The server does not open the folder.
     *
     * @param folder by its name for a person
     * @param text the server's words
     */
    record FolderMissing(String folder, String text) implements UploadProblem {}

    /** The server does not make the folder. */
    record FolderRefused(String folder, String text) implements UploadProblem {}

    /** The folder is not the one that the journal tells of: it was numbered anew. */
    record JournalOutdated(Path journal) implements UploadProblem {}

    /** The journal could not be written; nothing was sent after that. */
    record JournalUnwritable(Path journal, String detail) implements UploadProblem {}
}
