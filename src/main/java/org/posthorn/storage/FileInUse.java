package org.posthorn.storage;

import java.io.IOException;

/** Another program holds the file for longer than a write takes. */
final class FileInUse extends IOException {
    private static final long serialVersionUID = 1L;

    FileInUse() {
        super("another program is using it; close that one or try again");
    }
}
