package org.posthorn.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 * kept but times and names.
 */
public final class LoginGuard {
    public static final int REFUSALS = 3;
    public static final Duration WINDOW = Duration.ofMinutes(10);

    /** What a server says before it has looked at any password, beside its {@link PassingTrouble}; it holds it against nobody. */
    private static final Set<String> NOT_COUNTED = Set.of("SYS/PERM", "PRIVACYREQUIRED", "CANNOT");

    /** SMTP's word on the command and the mechanism, not on the person (RFC 5321 §4.2.2, RFC 4954 §6). */
    private static final Set<Integer> OF_THE_COMMAND = Set.of(500, 501, 502, 503, 504, 530, 534, 538);

    /** That a password was looked at, for a mechanism that the server does not offer and may have refused unread. */
    private static final Set<String> JUDGED = Set.of("AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "AUTH", "5.7.8");

    /** Authentication credentials invalid (RFC 4954 §6). */
    private static final int REFUSED_LOGIN = 535;

    private final Clock clock;
    private final Memory memory;

    /** A login that was refused. */
    public record Refusal(String host, String user, Instant at) {}

    /** Where the refusals of late are held. */
    public interface Memory {
        List<Refusal> read();

        /** Holds these in place of the ones before; it may fail, and then forgets them. */
        void write(List<Refusal> refusals);
    }

    /** With a memory that ends with the program. */
    public LoginGuard(Clock clock) {
        this(clock, new Memory() {
            private List<Refusal> held = List.of();

            @Override
            public List<Refusal> read() {
                return held;
            }

            @Override
            public void write(List<Refusal> refusals) {
                held = refusals;
            }
        });
    }

    public LoginGuard(Clock clock, Memory memory) {
        this.clock = clock;
        this.memory = memory;
    }

    private record Account(String host, String user) {
        boolean meets(Refusal refusal) {
            return refusal.host().equals(host) && refusal.user().equals(user);
        }
    }

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
                .map(this::times)
                .filter(times -> times.size() >= REFUSALS)
                .map(times -> new Caution(
                        times.size(), times.get(times.size() - REFUSALS).plus(WINDOW)));
    }

    /** How many logins with these settings were refused within {@link #WINDOW}. */
    public synchronized int refusals(Endpoint endpoint) {
        return account(endpoint).map(this::times).map(List::size).orElse(0);
    }

    /** Takes note of how a session went. */
    public synchronized void heard(Endpoint endpoint, Timeline timeline) {
        account(endpoint)
                .ifPresent(account -> timeline.latest(Facts.LoggedIn.class)
                        .flatMap(Facts.LoggedIn::answer)
                        .ifPresent(answer -> count(account, answer)));
    }

    private void count(Account account, LoginAnswer answer) {
        List<Refusal> refusals = new ArrayList<>(recent());
        boolean changed = switch (answer) {
            case LoginAnswer.Accepted _ -> refusals.removeIf(account::meets);
            case LoginAnswer.Rejected rejected ->
                isHeldAgainst(rejected) && refusals.add(new Refusal(account.host(), account.user(), clock.instant()));
        };
        if (changed) {
            memory.write(List.copyOf(refusals));
        }
    }

    private static boolean isHeldAgainst(LoginAnswer.Rejected rejected) {
        int status = rejected.status().orElse(0);
        boolean unread = PassingTrouble.isToldBy(rejected)
                || OF_THE_COMMAND.contains(status)
                || rejected.code().filter(NOT_COUNTED::contains).isPresent();
        boolean maybeKnown = rejected.offer() != LoginAnswer.Offer.NOT_OFFERED;
        return !unread
                && (maybeKnown || rejected.code().filter(JUDGED::contains).isPresent() || status == REFUSED_LOGIN);
    }

    private List<Instant> times(Account account) {
        return recent().stream()
                .filter(account::meets)
                .map(Refusal::at)
                .sorted()
                .toList();
    }

    /** A time that lies ahead is a clock that was set back, and no longer of late. */
    private List<Refusal> recent() {
        Instant now = clock.instant();
        Instant oldest = now.minus(WINDOW);
        return memory.read().stream()
                .filter(refusal -> refusal.at().isAfter(oldest) && !refusal.at().isAfter(now))
                .toList();
    }

    private static Optional<Account> account(Endpoint endpoint) {
        return who(endpoint).map(user -> new Account(endpoint.hostName().toLowerCase(Locale.ROOT), user));
    }

    /** Who logs in, as it is told: a user of the operating system has no name here. */
    public static Optional<String> who(Endpoint endpoint) {
        return switch (endpoint.login()) {
            case Login.Named login -> Optional.of(login.user());
            case Login.CurrentUser _ -> Optional.of("the current user");
            case Login.None _ -> Optional.empty();
        };
    }
}
