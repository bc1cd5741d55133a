package org.posthorn.desktop.viewmodel.connection;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.diagnosis.Evidence;
import org.posthorn.diagnosis.Finding;
import org.posthorn.diagnosis.Severity;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Timeline;

/** What the diagnosis says of a test that has ended, ready to be shown. */
public final class Findings {
    private static final Map<String, String> PROPER =
            Map.of("tls", "TLS", "starttls", "STARTTLS", "preauth", "PREAUTH");

    private final Timeline timeline;
    private final List<Finding> all;

    public Findings(Endpoint endpoint, Timeline timeline) {
        this.timeline = timeline;
        all = Diagnosis.of(endpoint, timeline);
    }

    /** The failure's finding; empty for a test that went well or was stopped by the person. */
    public Optional<FailureCard> failure() {
        return timeline.failure()
                .filter(failure -> !(failure instanceof Failure.Cancelled))
                .flatMap(failure -> all.stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .findFirst()
                        .map(finding -> card(failure, finding)));
    }

    List<Remark> remarks() {
        return all.stream()
                .filter(finding -> finding.severity() != Severity.ERROR)
                .map(finding -> new Remark(
                        finding.severity() == Severity.WARNING, finding.user(), finding.remedy(), finding.field()))
                .toList();
    }

    private static FailureCard card(Failure failure, Finding finding) {
        return new FailureCard(
                failure.stage(),
                title(failure),
                finding.user(),
                finding.evidence().stream().map(Evidence::text).toList(),
                finding.remedy(),
                capitalized(finding.actor().label()),
                finding.field());
    }

    /** The kind of failure as words: {@code LoginRejected} becomes {@code Login rejected}. */
    static String title(Failure failure) {
        List<String> words = List.of(failure.kind().split("(?=[A-Z])", -1));
        StringBuilder title = new StringBuilder();
        for (String word : words) {
            String lower = word.toLowerCase(Locale.ROOT);
            title.append(title.isEmpty() ? "" : " ").append(PROPER.getOrDefault(lower, lower));
        }
        return capitalized(title.toString());
    }

    private static String capitalized(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
