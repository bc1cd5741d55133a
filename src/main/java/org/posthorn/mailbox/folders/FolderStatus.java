package org.posthorn.mailbox.folders;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A folder as LIST and STATUS tell of it (RFC 9051 §6.3.9, §6.3.11).
 *
 * @param attributes such as {@code \Sent} (RFC 6154) or {@code \Noselect}, as the server wrote them
 * @param messages empty where the folder holds none, or the server does not say, as are the other numbers
 * @param bytes STATUS=SIZE (RFC 8438)
 * @param refusal what the server answered instead of the numbers
 */
public record FolderStatus(
        String name,
        List<String> attributes,
        OptionalLong messages,
        OptionalLong unseen,
        OptionalLong bytes,
        Optional<String> refusal) {
    public FolderStatus {
        attributes = List.copyOf(attributes);
    }
}
