package org.posthorn.diagnosis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.account.Field;
import org.posthorn.timeline.Phase;

/**
 * A judgement before it is put into words.
 *
 * @param variant which of the cause's sentences fits; empty for its only or usual one
 * @param values what the sentences name, beside the settings
 */
record Verdict(
        Cause cause,
        String variant,
        Severity severity,
        double confidence,
        Actor actor,
        Optional<Field> field,
        Map<String, String> values,
        List<Clue> evidence) {
    Verdict {
        values = Map.copyOf(values);
        evidence = List.copyOf(evidence);
    }

    static Verdict of(Cause cause, double confidence) {
        return of(cause, "", confidence);
    }

    static Verdict of(Cause cause, String variant, double confidence) {
        return new Verdict(
                cause, variant, Severity.ERROR, confidence, cause.actor(), Optional.empty(), Map.of(), List.of());
    }

    /** The name of its sentences in the bundle. */
    String sentence() {
        return variant.isEmpty() ? cause.code() : cause.code() + "." + variant;
    }

    Verdict by(Actor who) {
        return new Verdict(cause, variant, severity, confidence, who, field, values, evidence);
    }

    Verdict at(Field setting) {
        return new Verdict(cause, variant, severity, confidence, actor, Optional.of(setting), values, evidence);
    }

    Verdict as(Severity level) {
        return new Verdict(cause, variant, level, confidence, actor, field, values, evidence);
    }

    Verdict with(String name, Object value) {
        Map<String, String> more = new HashMap<>(values);
        more.put(name, value.toString());
        return new Verdict(cause, variant, severity, confidence, actor, field, more, evidence);
    }

    Verdict seen(Phase phase, String clue, Object value) {
        List<Clue> more = new ArrayList<>(evidence);
        more.add(new Clue(phase, clue, value.toString()));
        return new Verdict(cause, variant, severity, confidence, actor, field, values, more);
    }
}
