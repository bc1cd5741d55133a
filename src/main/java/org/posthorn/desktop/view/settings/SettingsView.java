package org.posthorn.desktop.view.settings;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import org.posthorn.account.Field;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.Card;
import org.posthorn.desktop.view.control.Columns;
import org.posthorn.desktop.viewmodel.secrets.KeepingViewModel;
import org.posthorn.desktop.viewmodel.settings.SettingSection;
import org.posthorn.desktop.viewmodel.settings.SettingsViewModel;

/** The form, section by section. */
public final class SettingsView extends ScrollPane {
    private static final int BEHIND_LOGIN = 2;

    private final List<SettingRow> rows = new ArrayList<>();

    /** @param keeping where the account's secrets are kept, which stands beside the login */
    public SettingsView(SettingsViewModel model, KeepingViewModel keeping) {
        Columns cards = new Columns(350, 2, 16);
        cards.getStyleClass().add("page");
        model.sections().forEach(section -> cards.getChildren().add(card(section)));
        cards.getChildren().add(BEHIND_LOGIN, new KeepingCard(keeping));
        setContent(cards);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        getStyleClass().add("settings-view");
    }

    /** Puts the cursor into a field and brings it into sight. */
    public void focus(Field field) {
        rows.stream().filter(row -> row.isOf(field)).findFirst().ifPresent(row -> {
            row.focusControl();
            bringIntoSight(row);
        });
    }

    private Card card(SettingSection section) {
        HBox end = new HBox(8, remark(section), reset(section));
        end.setAlignment(Pos.BASELINE_RIGHT);
        Card card = new Card(section.title()).atEnd(end);
        card.getStyleClass().add("settings-card");
        section.fields().forEach(field -> {
            SettingRow row = new SettingRow(field, SettingControls.of(field));
            rows.add(row);
            card.getChildren().add(row);
        });
        show(card, section);
        return card;
    }

    private static void show(Pane card, SettingSection section) {
        card.visibleProperty().bind(section.visibleProperty());
        card.managedProperty().bind(card.visibleProperty());
    }

    private static Label remark(SettingSection section) {
        Label remark = new Label();
        remark.getStyleClass().add("hint");
        remark.textProperty().bind(Bindings.createStringBinding(() -> remarkWords(section), section.changesProperty()));
        return remark;
    }

    private static Button reset(SettingSection section) {
        Button reset = Buttons.link("Reset", section::reset);
        reset.setAccessibleText("Reset " + section.title() + " to defaults");
        reset.visibleProperty().bind(section.changesProperty().greaterThan(0));
        reset.managedProperty().bind(reset.visibleProperty());
        return reset;
    }

    private static String remarkWords(SettingSection section) {
        int changes = section.changesProperty().get();
        if (changes == 0) {
            return section.remark();
        }
        return section.remark().isEmpty() ? changes + " changed" : section.remark() + " · " + changes + " changed";
    }

    private void bringIntoSight(Node row) {
        Bounds bounds = getContent().sceneToLocal(row.localToScene(row.getBoundsInLocal()));
        double outside = getContent().getBoundsInLocal().getHeight()
                - getViewportBounds().getHeight();
        if (outside > 0) {
            double middle = bounds.getCenterY() - getViewportBounds().getHeight() / 2;
            setVvalue(Math.clamp(middle / outside, 0, 1));
        }
    }
}
