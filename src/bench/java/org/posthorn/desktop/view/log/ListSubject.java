package org.posthorn.desktop.view.log;

import java.time.ZoneOffset;
import java.util.List;
import javafx.animation.AnimationTimer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Parent;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import org.jspecify.annotations.Nullable;
import org.posthorn.desktop.viewmodel.log.LogText;
import org.posthorn.wire.WireEvent;
import org.posthorn.wire.WireLog;

/**
 * The log in a ListView at its best: cells of one height, one text each, fed once per pulse. It keeps every line: taking the
 * oldest out would move all the others, each pulse.
 */
final class ListSubject implements LogPaneBenchmark.Subject {
    private static final int BATCH = 100_000;

    private final WireLog log;
    private final ObservableList<WireEvent> lines = FXCollections.observableArrayList();
    private final ListView<WireEvent> list = new ListView<>(lines);
    private final Feed feed = new Feed();
    private long read;
    private double top = -1;

    ListSubject(WireLog log) {
        this.log = log;
        list.setFixedCellSize(19);
        list.setCellFactory(_ -> new LineCell());
        feed.start();
    }

    @Override
    public Parent node() {
        return list;
    }

    @Override
    public void scroll(double rows) {
        top = top < 100 ? lines.size() - 40 : top + rows;
        list.scrollTo((int) top);
    }

    @Override
    public void close() {
        feed.stop();
    }

    private final class Feed extends AnimationTimer {
        @Override
        public void handle(long now) {
            List<WireEvent> events = log.from(read, BATCH);
            if (!events.isEmpty()) {
                lines.addAll(events);
                read = events.getLast().sequence() + 1;
                if (top < 0) {
                    list.scrollTo(lines.size() - 1);
                }
            }
        }
    }

    private static final class LineCell extends ListCell<WireEvent> {
        private final LogText text = new LogText(ZoneOffset.UTC);

        @Override
        protected void updateItem(@Nullable WireEvent event, boolean empty) {
            super.updateItem(event, empty);
            setText(event == null || empty ? "" : text.whole(event));
        }
    }
}
