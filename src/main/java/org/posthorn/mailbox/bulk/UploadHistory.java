package org.posthorn.mailbox.bulk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What earlier runs have done, by the digests of the messages.
 *
 * @param base the folder before the first of them; absent when none came so far
 * @param appended how often the server took a message
 * @param doubtful how often one was sent and no reply is known
 */
record UploadHistory(Optional<UploadBase> base, Map<String, Integer> appended, Map<String, Integer> doubtful) {
    private static final Pattern FOLDER = Pattern.compile("folder (\\d{1,10}) (\\d{1,10})");
    private static final Pattern STEP = Pattern.compile("(sent|appended|refused|missing) ([0-9a-f]{64})");

    static UploadHistory none() {
        return of(List.of());
    }

    /** By the lines of a journal; a line that a crash has torn off says nothing. */
    static UploadHistory of(List<String> lines) {
        Optional<UploadBase> base = Optional.empty();
        Map<String, Integer> appended = new HashMap<>();
        Map<String, Integer> doubtful = new HashMap<>();
        for (String line : lines) {
            Matcher folder = FOLDER.matcher(line);
            Matcher step = STEP.matcher(line);
            if (folder.matches()) {
                base = Optional.of(new UploadBase(Long.parseLong(folder.group(1)), Long.parseLong(folder.group(2))));
            } else if (step.matches()) {
                doubtful.merge(step.group(2), step.group(1).equals("sent") ? 1 : -1, Integer::sum);
                if (step.group(1).equals("appended")) {
                    appended.merge(step.group(2), 1, Integer::sum);
                }
            }
        }
        return new UploadHistory(base, appended, doubtful);
    }
}
