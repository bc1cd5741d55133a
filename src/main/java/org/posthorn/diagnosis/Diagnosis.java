package org.posthorn.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.client.smtp.Refusal;
import org.posthorn.timeline.Timeline;

/** Says what the facts of a check mean. */
public final class Diagnosis {
    private Diagnosis() {}

    /**
     * The findings of a check, worst first.
     *
     * @param endpoint the settings it ran with
     * @return when the check failed the first is the failure's; empty when there is nothing to say
     */
    public static List<Finding> of(Endpoint endpoint, Timeline timeline) {
        return of(endpoint, timeline, Field::label);
    }

    /**
     * The same for where a setting has another name than on the form.
     *
     * @param names what the sentences call a setting
     */
    public static List<Finding> of(Endpoint endpoint, Timeline timeline, Function<Field, String> names) {
        Situation situation = Situation.of(endpoint, timeline);
        List<Verdict> verdicts = new ArrayList<>();
        timeline.failure().ifPresent(failure -> verdicts.addAll(FailureVerdicts.of(situation, failure)));
        verdicts.addAll(Remarks.of(situation));
        if (verdicts.isEmpty()) {
            return List.of();
        }
        Sentences sentences = new Sentences(situation, names);
        return verdicts.stream()
                .sorted(Comparator.comparing(Verdict::severity))
                .map(sentences::finding)
                .toList();
    }

    /**
     * What a refused message means, or a refused recipient.
     *
     * @param timeline the connection on which it was refused
     */
    public static Finding of(Endpoint endpoint, Timeline timeline, Refusal refusal, Function<Field, String> names) {
        Situation situation = Situation.of(endpoint, timeline);
        return new Sentences(situation, names).finding(SendingVerdicts.of(situation, refusal));
    }
}
