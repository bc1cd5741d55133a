package org.posthorn.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.LoginAnswer;
import org.posthorn.timeline.Timeline;

/**
 * Counts refused logins for each user of each host, since servers lock accounts and ban addresses that bring too many. The
 * usual limit is five in ten minutes; after {@value #REFUSALS} within {@link #WINDOW} it is time to say so. Nothing is
 * kept but times and names, and nothing beyond the program's end.
 */
public final class LoginGuard {
    public static final int REFUSALS = 3;
    public static final Duration WINDOW = Duration.ofMinutes(10);

    /** The server's own trouble, which it holds against nobody. */
    private static final Set<String> NOT_COUNTED =
            Set.of("UNAVAILABLE", "SERVERBUG", "SYS/TEMP", "SYS/PERM", "IN-USE", "INUSE", "LIMIT", "LOGIN-DELAY");

    private final Clock clock;
    private final Map<Account, Deque<Instant>> refused = new HashMap<>();

    public LoginGuard(Clock clock) {
        this.clock = clock;
    }

    private record Account(String host, String user) {}

    /**
     * A warning before the next login.
     *
     * @param refusals how many there were of late
     * @param safeFrom when one more is no longer one too many
     */
    public record Caution(int refusals, Instant safeFrom) {}

    /** What to say before a login with these settings; absent when there is nothing to fear. */
    public synchronized Optional<Caution> caution(Endpoint endpoint) {
        return account(endpoint)
                .map(this::recent)
                .filter(times -> times.size() >= REFUSALS)
                .map(times -> new Caution(
                        times.size(),
                        times.stream()
                                .skip(times.size() - (long) REFUSALS)
                                .findFirst()
                                .orElseThrow()
                                .plus(WINDOW)));
    }

    /** Takes note of how a session went. */
    public synchronized void heard(Endpoint endpoint, Timeline timeline) {
        account(endpoint)
                .ifPresent(account -> timeline.latest(Facts.LoggedIn.class)
                        .flatMap(Facts.LoggedIn::answer)
                        .ifPresent(answer -> count(account, answer)));
    }

    private void count(Account account, LoginAnswer answer) {
        switch (answer) {
            case LoginAnswer.Accepted _ -> refused.remove(account);
            case LoginAnswer.Rejected rejected -> {
                boolean transientStatus = rejected.status().orElse(0) / 100 == 4;
                if (!transientStatus
                        && rejected.code().filter(NOT_COUNTED::contains).isEmpty()) {
                    recent(account).add(clock.instant());
                }
            }
        }
    }

    private Deque<Instant> recent(Account account) {
        Deque<Instant> times = refused.computeIfAbsent(account, _ -> new ArrayDeque<>());
        Instant oldest = clock.instant().minus(WINDOW);
        times.removeIf(time -> !time.isAfter(oldest));
        return times;
    }

    private static Optional<Account> account(Endpoint endpoint) {
        return endpoint.login() instanceof Login.Named login
                ? Optional.of(new Account(endpoint.hostName().toLowerCase(Locale.ROOT), login.user()))
                : Optional.empty();
    }
}
