package org.posthorn.desktop.view.settings;

import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.posthorn.account.Field;
import org.posthorn.account.Problem;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.Icon;
import org.posthorn.desktop.viewmodel.settings.SettingField;

/** A field with its name, its hint, its problem, and the mark and the button of a changed one. */
final class SettingRow extends HBox {
    private static final PseudoClass CHANGED = PseudoClass.getPseudoClass("changed");
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");
    private static final double NAME_WIDTH = 138;

    private final SettingField<?> field;
    private final Node control;
    private final Label problem = new Label();

    SettingRow(SettingField<?> field, Node control) {
        this.field = field;
        this.control = control;
        getStyleClass().add("setting-row");
        getChildren().addAll(name(), body());
        visibleProperty().bind(field.visibleProperty());
        managedProperty().bind(visibleProperty());
        field.changedProperty().subscribe(changed -> pseudoClassStateChanged(CHANGED, changed));
        field.problemProperty().subscribe(this::showProblem);
    }

    boolean isOf(Field wanted) {
        return field.field() == wanted;
    }

    void focusControl() {
        Node target = control.isFocusTraversable() ? control : control.lookup(".choice, .segment, .text-field");
        if (target != null) {
            target.requestFocus();
        }
    }

    private Label name() {
        Label name = new Label(field.label());
        name.getStyleClass().addAll("muted", "setting-name");
        name.setMinWidth(NAME_WIDTH);
        name.setPrefWidth(NAME_WIDTH);
        name.setLabelFor(control);
        return name;
    }

    private VBox body() {
        Label hint = new Label();
        hint.getStyleClass().add("hint");
        hint.textProperty().bind(field.hintProperty());
        hint.visibleProperty().bind(field.hintProperty().isNotEmpty());
        hint.managedProperty().bind(hint.visibleProperty());
        hint.setWrapText(true);
        problem.getStyleClass().add("problem");
        problem.setWrapText(true);
        problem.setMinHeight(USE_PREF_SIZE);
        HBox line = new HBox(4, marked());
        line.setAlignment(Pos.CENTER_LEFT);
        line.setMinHeight(28);
        boolean wide = control instanceof Region region && region.getMaxWidth() == Double.MAX_VALUE;
        VBox body = new VBox(4, line);
        if (wide) {
            HBox.setHgrow(line.getChildren().getFirst(), Priority.ALWAYS);
            line.getChildren().add(putBack());
            body.getChildren().addAll(hint, problem);
        } else {
            line.getChildren().addAll(putBack(), hint);
            body.getChildren().add(problem);
        }
        HBox.setHgrow(body, Priority.ALWAYS);
        return body;
    }

    /** The control with the bar of a changed field at its left. */
    private StackPane marked() {
        Region bar = new Region();
        bar.getStyleClass().add("changed-bar");
        bar.setMouseTransparent(true);
        bar.visibleProperty().bind(field.changedProperty());
        StackPane marked = new StackPane(control, bar);
        marked.setAlignment(Pos.CENTER_LEFT);
        return marked;
    }

    private Button putBack() {
        Button button = Buttons.icon(Icon.UNDO, "Put back the default of " + field.label(), field::reset);
        button.getStyleClass().addAll("small", "quiet", "put-back");
        button.visibleProperty().bind(field.changedProperty());
        button.managedProperty().bind(button.visibleProperty());
        return button;
    }

    private void showProblem(Optional<Problem> found) {
        problem.setText(found.map(Problem::sentence).orElse(""));
        problem.setVisible(found.isPresent());
        problem.setManaged(found.isPresent());
        boolean wrong = found.filter(Problem::isError).isPresent();
        problem.pseudoClassStateChanged(WARNING, !wrong);
        control.pseudoClassStateChanged(WRONG, wrong);
        control.setAccessibleHelp(problem.getText());
    }
}
