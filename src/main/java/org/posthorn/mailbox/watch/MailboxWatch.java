package org.posthorn.mailbox.watch;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.posthorn.account.Protocol;
import org.posthorn.client.Capabilities;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.client.ClientConnection;
import org.posthorn.client.EmailClient;
import org.posthorn.client.MailConnection;
import org.posthorn.client.NetworkChange;
import org.posthorn.client.PassingTrouble;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Timeline;
import org.posthorn.transport.Cancellation;

/**
 * Tells of the messages that come into a folder of an IMAP mailbox, live: by IDLE, or by asking where a server has none. A
 * connection that is lost is replaced, and what came meanwhile is told then: by UIDs, so that no message is told twice and none
 * is missing. It looks by EXAMINE and BODY.PEEK and changes nothing.
 */
public final class MailboxWatch {
    /** A server may end a connection that idles for half an hour (RFC 2177 §3). */
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(25);

    /** How often a server without IDLE is asked at least. */
    private static final Duration LONGEST_POLL = Duration.ofMinutes(1);

    /** Before another connection is tried; each pause is twice as long as the one before. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** How often what is new is asked for again on the same connection, since another client removes some of it. */
    private static final int REPEATS = 3;

    private final EmailClient client;
    private final MailboxName folder;
    private final ScheduledExecutorService timer;

    /**
     * Of a folder of an IMAP client.
     *
     * @param timer reminds of the end of each IDLE
     */
    public MailboxWatch(EmailClient client, MailboxName folder, ScheduledExecutorService timer) {
        if (client.endpoint().protocol() != Protocol.IMAP) {
            throw new IllegalArgumentException("a folder is watched by IMAP");
        }
        this.client = client;
        this.folder = folder;
        this.timer = timer;
    }

    /**
     * Watches until it is cancelled, over an independent connection. IDLE begins anew at the checkup period of the settings,
     * every 25 minutes at least, which also finds out a connection that has died without a word.
     *
     * @param live hears what happens, one event after the other, on this thread
     */
    public WatchEnd run(Cancellation cancellation, Consumer<WatchEvent> live) {
        return new Watch(cancellation, live).run();
    }

    private static Duration shorter(Duration limit, Duration longest) {
        return limit.isPositive() && limit.compareTo(longest) < 0 ? limit : longest;
    }

    private final class Watch {
        private final Cancellation cancellation;
        private final Consumer<WatchEvent> live;
        private final CountDownLatch halt = new CountDownLatch(1);
        private final ClientConnection connection = client.createConnection();
        private Optional<Position> position = Optional.empty();
        private long arrived;
        private long lost;
        private int failures;

        /** Why nobody watches at present. */
        private Optional<Failure> away = Optional.empty();

        Watch(Cancellation cancellation, Consumer<WatchEvent> live) {
            this.cancellation = cancellation;
            this.live = live;
        }

        WatchEnd run() {
            try (connection;
                    var _ = cancellation.onCancel(this::stop);
                    var _ = client.onNetworkChange(this::wake)) {
                while (halt.getCount() > 0) {
                    try {
                        connection.run(this::watch);
                    } catch (FailureException e) {
                        if (halt.getCount() > 0 && isFinal(e.failure())) {
                            return end(
                                    WatchEnd.Outcome.FAILED,
                                    CheckOutcome.FAILED,
                                    connection.timeline().endedBy(e.failure()));
                        }
                        Failure reason = connection.timeline().failure().orElse(e.failure());
                        connection.abandon("the server could not do what it was asked for");
                        lost(reason);
                    } catch (IllegalStateException e) {
                        if (halt.getCount() > 0) {
                            throw e;
                        }
                    }
                }
                return away.isEmpty()
                        ? end(WatchEnd.Outcome.ENDED, CheckOutcome.READY, connection.timeline())
                        : end(
                                WatchEnd.Outcome.FAILED,
                                CheckOutcome.FAILED,
                                connection.timeline().withFailure(away));
            }
        }

        /** Another connection is sure to be alive, and nothing is missed by changing. */
        private void wake(NetworkChange change) {
            if (change instanceof NetworkChange.Woke) {
                connection.abandon(change.words());
            }
        }

        /** Returns at once; closing waits for whatever is under way. */
        private void stop() {
            halt.countDown();
            Thread.ofVirtual().start(connection::close);
        }

        /** A login or a folder that was refused would be refused again, unless the server is in trouble that passes. */
        private boolean isFinal(Failure failure) {
            boolean refused = failure instanceof Failure.LoginRejected || failure instanceof Failure.CommandRejected;
            return position.isEmpty() || (refused && !PassingTrouble.isToldBy(failure));
        }

        private WatchEnd end(WatchEnd.Outcome outcome, CheckOutcome session, Timeline timeline) {
            return new WatchEnd(outcome, new CheckResult(client.endpoint(), session, timeline), arrived, lost);
        }

        private void lost(Failure failure) {
            if (halt.getCount() == 0) {
                return;
            }
            lost++;
            away = Optional.of(failure);
            live.accept(new WatchEvent.Lost(number(), failure));
            long pause = FIRST_PAUSE.toMillis() << Math.min(failures++, 16);
            await(Duration.ofMillis(Math.min(pause, LONGEST_PAUSE.toMillis())));
        }

        private boolean await(Duration span) {
            try {
                return halt.await(span.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                cancellation.cancel();
                return true;
            }
        }

        private int number() {
            return connection.timeline().connection();
        }

        private boolean watch(MailConnection mail) throws FailureException {
            boolean idles = Capabilities.inForce(mail.timeline()).stream()
                    .anyMatch(name -> name.equalsIgnoreCase("IDLE") || name.equalsIgnoreCase("IMAP4rev2"));
            return mail.perform((_, transport) -> {
                WatchedFolder watched = new WatchedFolder(folder, client.endpoint(), mail, transport, timer);
                begin(watched, idles);
                while (halt.getCount() > 0) {
                    for (String line : idles ? watched.idle(period(LONGEST_IDLE)) : polled(watched)) {
                        position = position.map(known -> known.after(line));
                    }
                    tell(watched);
                    // Only one that has held for a while was worth its login.
                    failures = 0;
                }
                return true;
            });
        }

        private List<String> polled(WatchedFolder watched) throws FailureException {
            return await(period(LONGEST_POLL)) ? List.of() : watched.poll();
        }

        private Duration period(Duration longest) {
            return shorter(client.endpoint().connections().checkup(), longest);
        }

        private void begin(WatchedFolder watched, boolean idles) throws FailureException {
            Position now = watched.open();
            away = Optional.empty();
            Optional<Position> known = position.filter(old -> old.validity() == now.validity());
            if (known.isEmpty()) {
                position = Optional.of(now);
                live.accept(new WatchEvent.Began(number(), now.messages(), idles));
                return;
            }
            live.accept(new WatchEvent.Resumed(number()));
            long before = arrived;
            position = Optional.of(new Position(now.validity(), known.get().next(), now.messages(), 0));
            tell(watched);
            Position after = position.get();
            long gone = known.get().messages() + arrived - before - after.messages();
            position = Optional.of(new Position(after.validity(), after.next(), after.messages(), Math.max(0, gone)));
            tellRemoved();
        }

        private void tell(WatchedFolder watched) throws FailureException {
            tellNews(watched, REPEATS);
            tellRemoved();
        }

        /** What another client removes at this very moment may make the server refuse (EXPUNGEISSUED, RFC 5530 §3). */
        private void tellNews(WatchedFolder watched, int repeats) throws FailureException {
            try {
                watched.news(position.orElseThrow(), this::tell, now -> position = Optional.of(now));
            } catch (FailureException e) {
                if (repeats == 0 || !isOfAnExpunge(e.failure())) {
                    throw e;
                }
                tellNews(watched, repeats - 1);
            }
        }

        private static boolean isOfAnExpunge(Failure failure) {
            return failure.serverText()
                    .filter(text -> text.toUpperCase(Locale.ROOT).contains("[EXPUNGEISSUED]"))
                    .isPresent();
        }

        private void tell(Arrival arrival) {
            arrived++;
            live.accept(new WatchEvent.Arrived(number(), arrival));
        }

        private void tellRemoved() {
            Position now = position.orElseThrow();
            if (now.removed() > 0) {
                position = Optional.of(now.told());
                live.accept(new WatchEvent.Removed(number(), now.removed(), now.messages()));
            }
        }
    }
}
