package org.posthorn.desktop.view.start;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.posthorn.account.Protocol;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.Card;
import org.posthorn.desktop.view.control.Columns;
import org.posthorn.desktop.view.control.Icon;
import org.posthorn.desktop.viewmodel.desktop.DesktopViewModel;

/** Two ways to begin: an account of one's own, or the built-in demo. */
public final class StartPage extends StackPane {

    public StartPage(DesktopViewModel desktop) {
        getStyleClass().add("start-page");
        Label title = new Label("Test a mail account");
        title.getStyleClass().add("start-title");
        Label words =
                muted("Posthorn connects as a mail program would, shows each step with its time and every line that "
                        + "passes, and says what to change when a step fails.");
        Columns ways = new Columns(260, 2, 16);
        ways.getChildren().addAll(ownAccount(desktop), demo(desktop));
        VBox page = new VBox(12, title, words, ways);
        page.setMaxSize(640, Region.USE_PREF_SIZE);
        getChildren().add(page);
        StackPane.setAlignment(page, Pos.CENTER);
    }

    private static Card ownAccount(DesktopViewModel desktop) {
        Button create = Buttons.button("_New account", Icon.PLUS, () -> desktop.newAccount(Protocol.IMAP));
        create.setDefaultButton(true);
        create.getStyleClass().add("accent");
        return way(
                "Your own account",
                "Type a server and a user name, then press Connect. Nothing is saved until you say so.",
                new HBox(create));
    }

    private static Card demo(DesktopViewModel desktop) {
        Button start = Buttons.button("Try the _demo", Icon.PLAY, desktop::tryDemo);
        start.disableProperty().bind(desktop.demoStartingProperty());
        Label starting = muted("starting…");
        starting.visibleProperty().bind(desktop.demoStartingProperty());
        HBox line = new HBox(10, start, starting);
        line.setAlignment(Pos.CENTER_LEFT);
        return way(
                "The built-in demo",
                "A mail server inside Posthorn, reachable from this machine alone. One click connects to it and shows"
                        + " what a good connection looks like.",
                line);
    }

    private static Card way(String title, String words, HBox command) {
        Region space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        return new Card(title).with(muted(words), space, command);
    }

    private static Label muted(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("muted");
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
