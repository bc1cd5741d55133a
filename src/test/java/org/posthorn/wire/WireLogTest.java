package org.posthorn.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.posthorn.timeline.Phase;

class WireLogTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:41:07.213Z");

    private static WireLog log(int capacity) {
        return new WireLog(Clock.fixed(NOW, ZoneOffset.UTC), capacity);
    }

    private static void append(WireLog log, String text) {
        log.append(1, Direction.CLIENT, Phase.LOGIN, text);
    }

    private static List<String> texts(WireLog log) {
        return log.from(0, Integer.MAX_VALUE).stream().map(WireEvent::text).toList();
    }

    @Test
    void keepsTheLastLines() {
        for (int capacity : new int[] {1, 2, 10, 256, 300, 1000}) {
            WireLog log = log(capacity);
            IntStream.range(0, 1500).forEach(i -> append(log, "line " + i));

            assertThat(texts(log))
                    .isEqualTo(IntStream.range(1500 - capacity, 1500)
                            .mapToObj(i -> "line " + i)
                            .toList());
            assertThat(log.firstSequence()).isEqualTo(1500 - capacity);
            assertThat(log.nextSequence()).isEqualTo(1500);
        }
    }

    @Test
    void boundsTheMemoryOfLongLines() {
        WireLog log = new WireLog(Clock.systemUTC(), 1000, 10_000);
        IntStream.range(0, 100).forEach(i -> append(log, i + "x".repeat(1000)));

        assertThat(texts(log)).extracting(text -> text.replace("x", "")).containsExactly("96", "97", "98", "99");

        append(log, "y".repeat(100_000));
        assertThat(texts(log)).containsExactly("y".repeat(100_000));
        append(log, "short");
        assertThat(texts(log)).containsExactly("short");
    }

    @Test
    void givesLinesFromASequenceOn() {
        WireLog log = log(5);
        IntStream.range(0, 8).forEach(i -> append(log, "line " + i));

        assertThat(log.from(4, 2)).extracting(WireEvent::sequence).containsExactly(4L, 5L);
        assertThat(log.from(0, 2)).extracting(WireEvent::sequence).containsExactly(3L, 4L);
        assertThat(log.from(8, 2)).isEmpty();
        assertThat(log.from(99, 2)).isEmpty();
    }

    @Test
    void stampsEachLine() {
        WireLog log = log(5);
        append(log, "a");

        assertThat(log.from(0, 1).getFirst().time()).isEqualTo(NOW);
    }

    @Test
    void tellsListenersInOrderUntilTheyLeave() {
        WireLog log = log(5);
        List<String> heard = new ArrayList<>();
        try (WireLog.Subscription subscription = log.subscribe(event -> heard.add(event.text()))) {
            append(log, "a");
            append(log, "b");
            assertThat(subscription).isNotNull();
        }
        append(log, "c");

        assertThat(heard).containsExactly("a", "b");
    }

    @Test
    void canBeReadWhileAListenerIsSlow() {
        WireLog log = log(5);
        CountDownLatch listening = new CountDownLatch(1);
        CompletableFuture<Void> release = new CompletableFuture<>();
        log.subscribe(event -> {
            listening.countDown();
            release.join();
        });
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> append(log, "a"));
        CompletableFuture<List<String>> reader = CompletableFuture.supplyAsync(() -> {
            try {
                listening.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return texts(log);
        });

        assertThat(reader.join()).containsExactly("a");
        release.complete(null);
        writer.join();
    }

    @Test
    void numbersLinesOfManyThreadsWithoutGaps() {
        WireLog log = log(100_000);
        List<Long> heard = new ArrayList<>();
        log.subscribe(event -> heard.add(event.sequence()));

        IntStream.range(0, 8)
                .parallel()
                .forEach(thread -> IntStream.range(0, 1000).forEach(i -> append(log, "line")));

        assertThat(heard).isEqualTo(LongStream.range(0, 8000).boxed().toList());
    }

    @Test
    void refusesACapacityOfNothing() {
        assertThatThrownBy(() -> log(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
