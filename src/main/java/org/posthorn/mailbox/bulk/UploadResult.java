package org.posthorn.mailbox.bulk;

import java.util.Optional;

/**
 * What became of the messages of an upload.
 *
 * @param messages that were to be appended
 * @param appended that the server took, also such as an earlier run had sent
 * @param bytes of these
 * @param already that an earlier run had appended, not counted among {@code messages}
 * @param refused that the server refused or that could not be read
 * @param uncertain that were sent and of which no reply came and nothing else tells whether they arrived
 * @param problem what a person has to change first
 */
public record UploadResult(
        WorkEnd end,
        long messages,
        long appended,
        long bytes,
        long already,
        long refused,
        long uncertain,
        Optional<UploadProblem> problem) {

    /** How many were not tried. */
    public long left() {
        return messages - appended - refused - uncertain;
    }
}
