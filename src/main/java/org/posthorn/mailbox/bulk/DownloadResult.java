package org.posthorn.mailbox.bulk;

import java.util.List;
import java.util.Optional;
import org.posthorn.mailbox.archive.ArchiveProblem;

/**
 * What came of a download.
 *
 * @param folders each with what was downloaded of it, INBOX first
 * @param problem why nothing more could be written to disk, which ended the work
 */
public record DownloadResult(WorkEnd end, List<FolderDownload> folders, Optional<ArchiveProblem> problem) {
    public DownloadResult {
        folders = List.copyOf(folders);
    }

    /** Those that came now. */
    public long messages() {
        return folders.stream().mapToLong(FolderDownload::messages).sum();
    }

    /** Of the messages that came now. */
    public long bytes() {
        return folders.stream().mapToLong(FolderDownload::bytes).sum();
    }

    /** Those of earlier runs. */
    public long alreadyThere() {
        return folders.stream().mapToLong(FolderDownload::alreadyThere).sum();
    }
}
