package org.posthorn.mailbox.bulk;

import java.io.IOException;

/** A file that cannot be read, or that is not what it was taken for; the message is a sentence for a person. */
public final class SourceUnusable extends IOException {
    private static final long serialVersionUID = 1L;

    SourceUnusable(String sentence) {
        super(sentence);
    }

    /** What is wrong. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
