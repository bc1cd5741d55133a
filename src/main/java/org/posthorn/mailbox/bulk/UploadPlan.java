package org.posthorn.mailbox.bulk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The messages that are to be appended, found in files. They are counted before a word is said to the server. */
public final class UploadPlan {
    private final Optional<UploadBase> base;
    private final List<StoredMessage> fresh = new ArrayList<>();
    private final List<StoredMessage> doubtful = new ArrayList<>();
    private final List<StoredMessage> already = new ArrayList<>();
    private final Map<String, Integer> appended;
    private final Map<String, Integer> unanswered;
    private final int most;
    private boolean cut;

    private UploadPlan(UploadHistory history, int most) {
        this.base = history.base();
        this.appended = new HashMap<>(history.appended());
        this.unanswered = new HashMap<>(history.doubtful());
        this.most = most;
    }

    /**
     * Reads files and folders from end to end; one that is named twice is read once.
     *
     * @param mbox how mbox files are quoted
     * @param journal what earlier runs did is left out
     * @param most how many messages there may be; reading stops at one more
     * @throws SourceUnusable when a file cannot be read
     */
    public static UploadPlan of(List<Path> sources, Quoting mbox, Optional<UploadJournal> journal, int most)
            throws SourceUnusable {
        UploadPlan plan = new UploadPlan(journal.map(UploadJournal::history).orElseGet(UploadHistory::none), most);
        UploadSources reader = new UploadSources(mbox, plan::add);
        Map<Path, Path> each = new LinkedHashMap<>();
        sources.forEach(source -> each.putIfAbsent(source.toAbsolutePath().normalize(), source.normalize()));
        for (Path source : each.values()) {
            if (!reader.read(source)) {
                break;
            }
        }
        return plan;
    }

    private boolean add(StoredMessage message) {
        if (take(appended, message)) {
            already.add(message);
        } else if (fresh.size() + doubtful.size() == most) {
            cut = true;
            return false;
        } else if (take(unanswered, message)) {
            doubtful.add(message);
        } else {
            fresh.add(message);
        }
        return true;
    }

    private static boolean take(Map<String, Integer> counts, StoredMessage message) {
        boolean some = counts.getOrDefault(message.digest(), 0) > 0;
        if (some) {
            counts.merge(message.digest(), -1, Integer::sum);
        }
        return some;
    }

    /** Whether there are more messages than may be. */
    public boolean isCut() {
        return cut;
    }

    /** How many messages are to be appended. */
    public int messages() {
        return fresh.size() + doubtful.size();
    }

    /** How many bytes these have together, as they go over the wire. */
    public long bytes() {
        return fresh.stream().mapToLong(StoredMessage::size).sum()
                + doubtful.stream().mapToLong(StoredMessage::size).sum();
    }

    /** How many messages an earlier run has appended. */
    public int already() {
        return already.size();
    }

    Optional<UploadBase> base() {
        return base;
    }

    /** Sent by an earlier run that did not hear the reply. */
    List<StoredMessage> doubtful() {
        return List.copyOf(doubtful);
    }

    List<StoredMessage> fresh() {
        return List.copyOf(fresh);
    }

    List<StoredMessage> appended() {
        return List.copyOf(already);
    }
}
