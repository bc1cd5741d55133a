package org.posthorn.desktop.view.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.Interpolator;
import javafx.animation.KeyFrame;
import javafx.animation.KeyValue;
import javafx.animation.Timeline;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.ObservableList;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import javafx.util.Subscription;
import org.posthorn.desktop.viewmodel.connection.NodeState;
import org.posthorn.desktop.viewmodel.connection.RailNode;
import org.posthorn.timeline.Phase;

/** The rail of phases. The line between two of them fills when the first has ended well. */
final class RailView extends Region {
    private static final Duration FILL = Duration.millis(150);
    private static final double MARK_RADIUS = 11;

    private final ObservableList<RailNode> nodes;
    private final Consumer<Phase> onChoose;
    private final ObservableBooleanValue reducedMotion;
    private final List<RailStop> stops = new ArrayList<>();
    private final List<Stretch> stretches = new ArrayList<>();

    RailView(ObservableList<RailNode> nodes, Consumer<Phase> onChoose, ObservableBooleanValue reducedMotion) {
        this.nodes = nodes;
        this.onChoose = onChoose;
        this.reducedMotion = reducedMotion;
        getStyleClass().addAll("card", "rail");
        nodes.subscribe(this::rebuild);
        rebuild();
    }

    private void rebuild() {
        stops.forEach(RailStop::end);
        stretches.forEach(Stretch::end);
        stops.clear();
        stretches.clear();
        nodes.forEach(node -> stops.add(new RailStop(node, onChoose)));
        for (int i = 0; i + 1 < stops.size(); i++) {
            stretches.add(new Stretch(stops.get(i)));
        }
        getChildren().clear();
        stretches.forEach(stretch -> getChildren().addAll(stretch.ground, stretch.filled));
        getChildren().addAll(stops);
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefHeight(double width) {
        double tallest =
                stops.stream().mapToDouble(stop -> stop.prefHeight(-1)).max().orElse(60);
        return tallest + getInsets().getTop() + getInsets().getBottom();
    }

    @Override
    protected void layoutChildren() {
        double width = (getWidth() - getInsets().getLeft() - getInsets().getRight()) / Math.max(1, stops.size());
        double top = getInsets().getTop();
        for (int i = 0; i < stops.size(); i++) {
            double x = getInsets().getLeft() + i * width;
            stops.get(i).resizeRelocate(x, top, width, stops.get(i).prefHeight(-1));
        }
        for (int i = 0; i < stretches.size(); i++) {
            double from = getInsets().getLeft() + (i + 0.5) * width + MARK_RADIUS;
            stretches.get(i).layout(from, top + RailStop.MARK - 1, width - 2 * MARK_RADIUS);
        }
    }

    /** The line from one stop to the next. */
    private final class Stretch {
        private final Region ground = line("rail-line");
        private final Region filled = line("rail-line-filled");
        private final DoubleProperty part = new SimpleDoubleProperty();
        private final Timeline filling = new Timeline();
        private final Subscription watching;

        private Stretch(RailStop from) {
            part.subscribe(_ -> requestLayout());
            watching = from.node().stateProperty().subscribe(this::show);
        }

        private void show(NodeState state) {
            filling.stop();
            boolean full = state == NodeState.OK;
            if (!full || reducedMotion.get() || getScene() == null) {
                part.set(full ? 1 : 0);
                return;
            }
            filling.getKeyFrames().setAll(new KeyFrame(FILL, new KeyValue(part, 1, Interpolator.EASE_OUT)));
            filling.playFromStart();
        }

        private void layout(double x, double y, double width) {
            ground.resizeRelocate(x, y, width, 2);
            filled.resizeRelocate(x, y, width * part.get(), 2);
        }

        private void end() {
            watching.unsubscribe();
            if (filling.getStatus() == Animation.Status.RUNNING) {
                filling.stop();
            }
        }

        private static Region line(String style) {
            Region line = new Region();
            line.getStyleClass().add(style);
            line.setManaged(false);
            line.setMouseTransparent(true);
            return line;
        }
    }
}
