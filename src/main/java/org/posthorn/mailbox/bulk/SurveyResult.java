package org.posthorn.mailbox.bulk;

import java.util.List;

/**
 * What a mailbox holds.
 *
 * @param folders each with what was found out of it, INBOX first
 */
public record SurveyResult(WorkEnd end, List<FolderSurvey> folders) {
    public SurveyResult {
        folders = List.copyOf(folders);
    }

    public long messages() {
        return folders.stream().mapToLong(FolderSurvey::messages).sum();
    }

    public long bytes() {
        return folders.stream().mapToLong(FolderSurvey::bytes).sum();
    }
}
