package org.posthorn.mailbox;

import java.nio.file.Path;

/** What goes with a test message. */
public sealed interface Attachment {
    /** No larger one is made or read, in bytes. */
    long LARGEST = 256L * 1024 * 1024;

    /** So many bytes that no server can compress. */
    record Generated(long bytes) implements Attachment {}

    record File(Path path) implements Attachment {}
}
