package org.posthorn.mailbox.messages;

import java.util.List;

/**
 * A folder and its latest messages.
 *
 * @param messages how many it holds
 * @param latest the newest first
 */
public record FolderContent(String folder, long messages, List<MessageSummary> latest) {
    public FolderContent {
        latest = List.copyOf(latest);
    }
}
