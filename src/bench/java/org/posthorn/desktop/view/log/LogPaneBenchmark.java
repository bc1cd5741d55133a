package org.posthorn.desktop.view.log;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.posthorn.desktop.view.theme.Fonts;
import org.posthorn.desktop.view.theme.Palette;
import org.posthorn.desktop.viewmodel.log.LogText;
import org.posthorn.desktop.viewmodel.log.LogViewModel;
import org.posthorn.timeline.Phase;
import org.posthorn.wire.Direction;
import org.posthorn.wire.WireLog;

/**
 * Frames per second and heap of the log pane, and of a ListView in the same run, on a log of a million lines: following its
 * tail and being scrolled while lines come. JavaFX draws at most 60 frames a second unless it is started with
 * {@code -Djavafx.animation.fullspeed=true}; {@code -Dglass.platform=Headless -Dprism.order=sw} needs no display.
 */
public final class LogPaneBenchmark {
    private static final int LINES = 1_000_000;
    private static final int[] RATES = {20_000, 200_000};
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long MEASURED_NANOS = TimeUnit.SECONDS.toNanos(8);

    private LogPaneBenchmark() {}

    /** One of the two ways to show a log. */
    interface Subject extends AutoCloseable {
        Parent node();

        /** Moves the view by some rows, away from the tail. */
        void scroll(double rows);

        @Override
        void close();
    }

    record Result(double frames, long heapMegabytes) {}

    /** Runs all cases and prints them. */
    public static void main(String[] arguments) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Platform.startup(started::countDown);
        started.await();
        Platform.setImplicitExit(false);
        onUi(() -> {
            Fonts.load();
            return true;
        });
        System.out.println("                            pane               ListView           ratio of frames");
        for (int rate : RATES) {
            compare(String.format(Locale.ROOT, "follow, %,d lines/s", rate), rate, false);
            compare(String.format(Locale.ROOT, "scroll, %,d lines/s", rate), rate, true);
        }
        Platform.exit();
    }

    private static void compare(String name, int rate, boolean scrolling) throws Exception {
        Result pane = measure(PaneSubject::new, rate, scrolling);
        Result list = measure(ListSubject::new, rate, scrolling);
        System.out.println(String.format(
                Locale.ROOT,
                "%-26s  %5.1f fps %4d MB   %5.1f fps %4d MB   %.1f",
                name,
                pane.frames,
                pane.heapMegabytes,
                list.frames,
                list.heapMegabytes,
                pane.frames / list.frames));
    }

    private interface Maker {
        Subject make(WireLog log);
    }

    private static Result measure(Maker maker, int rate, boolean scrolling) throws Exception {
        WireLog log = new WireLog(Clock.systemUTC(), LINES);
        append(log, LINES);
        Subject subject = onUi(() -> maker.make(log));
        Stage stage = onUi(() -> show(subject));
        Thread writer = Thread.ofPlatform().daemon().start(() -> write(log, rate));
        try {
            return new Result(frames(subject, scrolling), heap());
        } finally {
            writer.interrupt();
            writer.join();
            onUi(() -> {
                subject.close();
                stage.close();
                return true;
            });
        }
    }

    private static Stage show(Subject subject) {
        Stage stage = new Stage();
        Scene scene = new Scene(subject.node(), 960, 600);
        scene.getStylesheets().setAll(Palette.LIGHT.sheets());
        stage.setScene(scene);
        stage.show();
        return stage;
    }

    private static double frames(Subject subject, boolean scrolling) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        FrameCounter counter = new FrameCounter(subject, scrolling, done);
        Platform.runLater(counter::start);
        done.await();
        return counter.frames * 1e9 / counter.measured;
    }

    private static final class FrameCounter extends AnimationTimer {
        private final Subject subject;
        private final boolean scrolling;
        private final CountDownLatch done;
        private final long begin = System.nanoTime();
        private long frames;
        private long measured;
        private long from;

        private FrameCounter(Subject subject, boolean scrolling, CountDownLatch done) {
            this.subject = subject;
            this.scrolling = scrolling;
            this.done = done;
        }

        @Override
        public void handle(long now) {
            if (scrolling) {
                subject.scroll(-37);
            }
            long time = System.nanoTime();
            if (time - begin < WARM_UP_NANOS) {
                from = time;
                return;
            }
            frames++;
            measured = time - from;
            if (measured > MEASURED_NANOS) {
                stop();
                done.countDown();
            }
        }
    }

    /** Writes in portions of a millisecond, as many as the time that has passed asks for. */
    private static void write(WireLog log, int rate) {
        long begin = System.nanoTime();
        long written = 0;
        while (rate > 0 && !Thread.currentThread().isInterrupted()) {
            long due = (System.nanoTime() - begin) * rate / 1_000_000_000L;
            append(log, (int) (due - written));
            written = due;
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void append(WireLog log, int count) {
        Direction[] directions = Direction.values();
        for (int i = 0; i < count; i++) {
            long number = log.nextSequence();
            Direction direction = directions[(int) (number % directions.length)];
            log.append(1, direction, Phase.READY, "* " + number + " FETCH (UID " + number * 7 + " FLAGS (\\Seen))");
        }
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / (1024 * 1024);
    }

    private static <T> T onUi(Callable<T> action) throws InterruptedException, ExecutionException {
        FutureTask<T> task = new FutureTask<>(action);
        Platform.runLater(task);
        return task.get();
    }

    private static final class PaneSubject implements Subject {
        private final LogViewModel model;
        private final LogPane pane;

        private PaneSubject(WireLog log) {
            model = new LogViewModel(log, new LogText(ZoneOffset.UTC), Runnable::run, Platform::runLater);
            pane = new LogPane(model, (_, _) -> Optional.empty(), Platform::runLater);
        }

        @Override
        public Parent node() {
            return pane;
        }

        @Override
        public void scroll(double rows) {
            boolean atTop = model.viewport().top() <= model.viewport().lowestTop() + 100;
            model.viewport().scrollBy(atTop ? LINES : rows);
        }

        @Override
        public void close() {
            pane.close();
        }
    }
}
