package org.posthorn.desktop.viewmodel.desktop;

import java.time.Duration;
import java.util.Optional;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;
import org.posthorn.desktop.viewmodel.connection.Elapsed;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.Timeline;

/** One line on an endpoint: how its last test stands. */
final class StatusLine {
    private StatusLine() {}

    static String of(EndpointViewModel endpoint) {
        Timeline timeline = endpoint.connection().timelineProperty().get();
        return switch (endpoint.connection().statusProperty().get()) {
            case UNTESTED -> "Not tested yet";
            case CONNECTING -> "Connecting: " + at(timeline) + "…";
            case OK -> "Ready after " + total(timeline) + roundTrip(timeline);
            case FAILED -> "Failed at " + at(timeline) + " after " + total(timeline);
            case STOPPED -> "Stopped at " + at(timeline) + " after " + total(timeline);
        };
    }

    private static String at(Timeline timeline) {
        return timeline.failure()
                .map(failure -> failure.stage().label())
                .or(() -> last(timeline).map(Phase::label))
                .orElse(Phase.RESOLVE.label());
    }

    private static Optional<Phase> last(Timeline timeline) {
        return timeline.records().isEmpty()
                ? Optional.empty()
                : Optional.of(timeline.records().getLast().phase());
    }

    private static String roundTrip(Timeline timeline) {
        return timeline.latest(Facts.Live.class)
                .map(live -> " · round trip " + Elapsed.text(live.roundTrip()))
                .orElse("");
    }

    private static String total(Timeline timeline) {
        return Elapsed.text(
                timeline.records().stream().map(PhaseRecord::elapsed).reduce(Duration.ZERO, Duration::plus));
    }
}
