package org.posthorn.mailbox.bulk;

import java.util.List;

/**
 * What is downloaded.
 *
 * @param folders by their names, as a person reads them or as the server has them; empty for all
 * @param largest the most bytes of a message; larger ones are left out and told
 */
public record DownloadOptions(List<String> folders, long largest) {
    /** A hundred million bytes: above what mail servers take, and nothing that fills a disk at once. */
    public static final long LARGEST = 100_000_000;

    public DownloadOptions {
        folders = List.copyOf(folders);
    }

    /** Everything. */
    public static DownloadOptions all() {
        return new DownloadOptions(List.of(), LARGEST);
    }
}
