package org.posthorn.mailbox.messages;

import java.util.List;

/**
 * A folder and its latest messages.
 *
 * @param messages how many it holds
 * @param latest the newest first
 * @param unreadable how many more were asked for, of which the server told nothing that can be read
 */
public record FolderContent(String folder, long messages, List<MessageSummary> latest, int unreadable) {
    public FolderContent {
        latest = List.copyOf(latest);
    }
}
