package org.posthorn.mailbox.bulk;

import java.util.Locale;

/** What is measured of a mailbox that is worked through. */
enum HeavyWork {
    SURVEY,
    DOWNLOAD,
    UPLOAD;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
