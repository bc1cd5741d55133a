package org.posthorn.desktop.view.connections;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.posthorn.desktop.view.connection.BugView;
import org.posthorn.desktop.view.connection.ConnectionLinks;
import org.posthorn.desktop.view.connection.RemarksView;
import org.posthorn.desktop.view.connection.SignInView;
import org.posthorn.desktop.view.control.Badge;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.viewmodel.connection.LiveConnection.Kind;
import org.posthorn.desktop.viewmodel.connections.ConnectionsViewModel;

/** The page of the connections that are kept open. */
public final class ConnectionsView extends ScrollPane {
    private final ConnectionsViewModel model;
    private final ConnectionLinks links;
    private final VBox page = new VBox(12);
    private final Node commands;
    private final ConnectionsTable table;

    /** @param open opens a connection */
    public ConnectionsView(ConnectionsViewModel model, Consumer<Kind> open, ConnectionLinks links) {
        this.model = model;
        this.links = links;
        commands = commands(open);
        table = new ConnectionsTable(model, links.onConnection());
        page.getStyleClass().add("page");
        setContent(page);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        show();
        model.rows().subscribe(this::show);
        model.remarks().subscribe(this::show);
        model.outdatedProperty().subscribe((_, _) -> show());
        model.signInProperty().subscribe((_, _) -> show());
        model.bugProperty().subscribe((_, _) -> show());
    }

    private void show() {
        List<Node> parts = new ArrayList<>(List.of(commands));
        if (model.outdatedProperty().get()) {
            parts.add(outdated());
        }
        model.signInProperty().get().ifPresent(signIn -> parts.add(SignInView.of(signIn, model::cancelSignIn)));
        model.bugProperty().get().ifPresent(bug -> parts.add(new BugView(bug)));
        if (!model.remarks().isEmpty()) {
            parts.add(RemarksView.of(model.remarks(), links));
        }
        parts.add(model.rows().isEmpty() ? invitation() : table);
        parts.add(rules());
        if (!page.getChildren().equals(parts)) {
            page.getChildren().setAll(parts);
        }
    }

    private HBox commands(Consumer<Kind> open) {
        Button main = opener("Open _main", Kind.MAIN, open);
        main.getStyleClass().add("accent");
        Button all = Buttons.plain("Close _all", model::closeAll);
        all.disableProperty().bind(Bindings.isEmpty(model.rows()));
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        return new HBox(
                8,
                main,
                opener("New _independent connection", Kind.INDEPENDENT, open),
                opener("New _default connection", Kind.DEFAULT, open),
                space,
                all);
    }

    private Button opener(String text, Kind kind, Consumer<Kind> open) {
        Button button = Buttons.plain(text, () -> open.accept(kind));
        button.disableProperty().bind(model.openableProperty(kind).not());
        return button;
    }

    private HBox outdated() {
        Label sentence =
                wrapped("The form has been changed meanwhile: these connections, and further ones until all are"
                        + " closed, have the settings from before.");
        sentence.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(sentence, Priority.ALWAYS);
        HBox line = new HBox(
                10,
                new Badge("earlier settings", Badge.Meaning.WARN),
                sentence,
                Buttons.link("Close all of them", model::closeAll));
        line.setAlignment(Pos.TOP_LEFT);
        return line;
    }

    private static Label invitation() {
        Label words =
                wrapped("A connection that is opened here stays open with the settings of the form, is checked while it"
                        + " is idle, and shows how it fares. Open main opens the first.");
        words.getStyleClass().add("muted");
        return words;
    }

    private Label rules() {
        Label rules = wrapped("");
        rules.textProperty().bind(model.rulesProperty());
        rules.getStyleClass().add("hint");
        return rules;
    }

    private static Label wrapped(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
