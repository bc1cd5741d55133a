package org.posthorn.desktop.view.about;

import java.util.Objects;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.FactGrid;
import org.posthorn.desktop.viewmodel.about.AboutViewModel;
import org.posthorn.release.Dependency;
import org.posthorn.release.Newest;

/** The version, a look for a newer one, and what Posthorn is made of. */
final class AboutPage extends VBox {
    private static final double WIDTH = 720;
    private static final double TABLE_HEIGHT = 300;
    private static final double ICON_SIZE = 56;

    private final AboutViewModel about;

    AboutPage(AboutViewModel about) {
        super(16);
        this.about = about;
        getStyleClass().add("about");
        setPrefWidth(WIDTH);
        getChildren().addAll(head(), newest(), made());
    }

    private HBox head() {
        String file = "/org/posthorn/icons/posthorn-128.png";
        ImageView icon = new ImageView(new Image(
                Objects.requireNonNull(AboutPage.class.getResource(file), file).toExternalForm()));
        icon.setFitWidth(ICON_SIZE);
        icon.setFitHeight(ICON_SIZE);
        icon.setSmooth(true);
        Label name = new Label("Posthorn");
        name.getStyleClass().add("title");
        TextField version = FactGrid.copyable("Version", "Version " + about.version());
        Label licence = new Label("Tests the settings of mail accounts. Free under the Apache License 2.0.");
        licence.getStyleClass().add("muted");
        HBox head = new HBox(16, icon, new VBox(2, name, version, licence));
        head.setAlignment(Pos.CENTER_LEFT);
        return head;
    }

    private Node newest() {
        if (!about.canAsk()) {
            Label unknown = new Label("This copy was built by hand and does not know where releases are published.");
            unknown.getStyleClass().add("muted");
            return unknown;
        }
        Button ask = Buttons.plain("_Look for a newer version", about::ask);
        ask.disableProperty().bind(about.askingProperty());
        TextField answer = FactGrid.copyable("Answer", "");
        answer.textProperty()
                .bind(Bindings.createStringBinding(this::answer, about.newestProperty(), about.askingProperty()));
        HBox.setHgrow(answer, Priority.ALWAYS);
        HBox row = new HBox(12, ask, answer);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private String answer() {
        return about.askingProperty().get()
                ? "Looking …"
                : about.newestProperty().get().map(AboutPage::sentence).orElse("");
    }

    private static String sentence(Newest newest) {
        return switch (newest) {
            case Newest.ThisOne() -> "This is the newest version.";
            case Newest.Newer(var version, var page) -> "Version " + version + " is there: " + page;
            case Newest.NotKnown(var sentence) -> sentence;
        };
    }

    private VBox made() {
        Label title = new Label("What Posthorn is made of");
        title.getStyleClass().add("strong");
        TableView<Dependency> table = new TableView<>(FXCollections.observableList(about.dependencies()));
        table.setAccessibleText("What Posthorn is made of, with versions and licences");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getColumns().add(column("Part", 170, Dependency::name));
        table.getColumns().add(column("Version", 80, Dependency::version));
        table.getColumns().add(column("Licence", 440, Dependency::licence));
        table.setPrefHeight(TABLE_HEIGHT);
        return new VBox(8, title, table);
    }

    private static TableColumn<Dependency, String> column(
            String title, double width, Function<Dependency, String> text) {
        TableColumn<Dependency, String> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(text.apply(row.getValue())));
        return column;
    }
}
