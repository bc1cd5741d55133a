package org.posthorn.diagnosis;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.posthorn.account.Field;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.Timeline;

/**
 * What a server offers in plaintext and not under TLS, or the other way round, beyond what the change to TLS explains. The
 * first list can be written by anybody on the way, which is why the second alone is believed (RFC 3207 §6, RFC 9051 §6.2.1).
 *
 * @param gone offered in plaintext alone
 * @param appeared offered under TLS alone
 * @param under all that is offered under TLS
 */
record CapabilityChange(List<String> gone, List<String> appeared, Set<String> under) {
    private static final Set<String> START_TLS = Set.of("STARTTLS", "STLS");
    /** Before a list of mechanisms, which may be empty. */
    private static final Set<String> BARE = Set.of("AUTH", "SASL");
    /** Before such a list as servers wrote it once. */
    private static final Pattern LISTED = Pattern.compile("^(AUTH|SASL)=", Pattern.CASE_INSENSITIVE);
    /** They stand for the password itself, or for a token that is worth as much. */
    private static final Set<String> OPEN_MECHANISMS = Set.of("PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER");

    static CapabilityChange of(Timeline timeline) {
        Set<String> before = parts(timeline.capabilities(Facts.Stage.BEFORE_TLS));
        Set<String> under = parts(timeline.capabilities(Facts.Stage.AFTER_TLS));
        boolean both = !before.isEmpty() && !under.isEmpty();
        return new CapabilityChange(
                both
                        ? without(before, under)
                                .filter(part -> !belongsBefore(part))
                                .toList()
                        : List.of(),
                both
                        ? without(under, before)
                                .filter(part -> !belongsUnder(part))
                                .toList()
                        : List.of(),
                under);
    }

    private static Stream<String> without(Set<String> parts, Set<String> others) {
        return parts.stream().filter(part -> others.stream().noneMatch(part::equalsIgnoreCase));
    }

    /** As written, but each mechanism by itself, whichever protocol lists it: {@code AUTH PLAIN LOGIN}, {@code AUTH=PLAIN}. */
    private static Set<String> parts(List<String> capabilities) {
        Set<String> parts = new LinkedHashSet<>();
        for (String capability : capabilities) {
            List<String> words = Arrays.asList(
                    LISTED.matcher(capability).replaceFirst("$1 ").strip().split("\\s+", -1));
            if (words.size() > 1 && BARE.contains(upper(words.getFirst()))) {
                words.stream().skip(1).forEach(mechanism -> parts.add("AUTH=" + mechanism));
            } else {
                parts.add(String.join(" ", words));
            }
        }
        return parts;
    }

    private static String upper(String part) {
        return part.toUpperCase(Locale.ROOT);
    }

    private static boolean belongsBefore(String written) {
        String part = upper(written);
        return START_TLS.contains(part) || BARE.contains(part) || part.equals("LOGINDISABLED");
    }

    /** Servers offer most logins under TLS alone. */
    private static boolean belongsUnder(String written) {
        String part = upper(written);
        return START_TLS.contains(part)
                || BARE.contains(part)
                || part.startsWith("AUTH=")
                || part.equals("USER")
                || part.equals("SASL-IR");
    }

    List<Verdict> verdicts() {
        return Stream.of(planted(), changed(), startAgain())
                .flatMap(List::stream)
                .toList();
    }

    /** No server gives a login away in plaintext that it withholds under TLS. */
    private List<Verdict> planted() {
        List<String> open = gone.stream().filter(CapabilityChange::isOpenLogin).toList();
        return open.isEmpty()
                ? List.of()
                : List.of(Verdict.of(Cause.CAPABILITIES_CHANGED, "planted", 0.6)
                        .as(Severity.WARNING)
                        .by(Actor.NETWORK)
                        .at(Field.SECURITY)
                        .with("gone", String.join(", ", open))
                        .seen(Phase.CAPABILITIES, "gone", String.join(", ", open)));
    }

    private static boolean isOpenLogin(String written) {
        String part = upper(written);
        return part.equals("USER")
                || (part.startsWith("AUTH=") && OPEN_MECHANISMS.contains(part.substring("AUTH=".length())));
    }

    private List<Verdict> changed() {
        List<String> lost = gone.stream().filter(part -> !isOpenLogin(part)).toList();
        if (lost.isEmpty() && appeared.isEmpty()) {
            return List.of();
        }
        Verdict verdict = Verdict.of(Cause.CAPABILITIES_CHANGED, 0.9).as(Severity.INFO);
        Verdict less = lost.isEmpty() ? verdict : verdict.seen(Phase.CAPABILITIES, "gone", String.join(", ", lost));
        return List.of(
                appeared.isEmpty() ? less : less.seen(Phase.CAPABILITIES, "appeared", String.join(", ", appeared)));
    }

    private List<Verdict> startAgain() {
        return under.stream()
                .filter(part -> START_TLS.contains(upper(part)))
                .map(_ -> Verdict.of(Cause.CAPABILITIES_CHANGED, "again", 0.9)
                        .as(Severity.INFO)
                        .seen(Phase.CAPABILITIES, "capabilities", String.join(", ", under)))
                .limit(1)
                .toList();
    }
}
