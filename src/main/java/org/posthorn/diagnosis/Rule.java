package org.posthorn.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What some words or codes of a server mean. A code says it almost for certain, words nearly so. */
record Rule(Cause cause, String variant, Set<String> codes, Optional<Pattern> words) {
    private static final double BY_CODE = 0.95;
    private static final double BY_WORDS = 0.85;

    static Rule of(Cause cause) {
        return of(cause, "");
    }

    static Rule of(Cause cause, String variant) {
        return new Rule(cause, variant, Set.of(), Optional.empty());
    }

    Rule codes(String... any) {
        return new Rule(cause, variant, Set.of(any), words);
    }

    /** Regular expressions over the reply in lower case, of which one must be found. */
    Rule words(String... any) {
        return new Rule(cause, variant, codes, Optional.of(Pattern.compile(String.join("|", any))));
    }

    private Optional<Verdict> judge(Reply reply) {
        if (codes.stream().anyMatch(reply::has)) {
            return Optional.of(Verdict.of(cause, variant, BY_CODE));
        }
        if (words.filter(reply::says).isPresent()) {
            return Optional.of(Verdict.of(cause, variant, BY_WORDS));
        }
        return Optional.empty();
    }

    /** The first rule that fits. */
    static Optional<Verdict> first(List<Rule> rules, Reply reply) {
        return rules.stream().flatMap(rule -> rule.judge(reply).stream()).findFirst();
    }
}
