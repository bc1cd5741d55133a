package org.posthorn.desktop.view.window;

import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.posthorn.account.Protocol;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.Icon;
import org.posthorn.desktop.viewmodel.desktop.DesktopViewModel;
import org.posthorn.desktop.viewmodel.desktop.Theme;

/** The commands on the whole window. */
final class Toolbar extends HBox {
    private final DesktopViewModel desktop;

    Toolbar(DesktopViewModel desktop, Runnable about) {
        super(8);
        this.desktop = desktop;
        getStyleClass().add("main-toolbar");
        setAlignment(Pos.CENTER_LEFT);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        getChildren()
                .addAll(
                        create(),
                        connect(),
                        stop(),
                        space,
                        demo(),
                        theme(),
                        Buttons.icon(Icon.ABOUT, "About Posthorn", about));
    }

    private Button create() {
        Button create = Buttons.button("_New account", Icon.PLUS, () -> desktop.newAccount(Protocol.IMAP));
        create.setTooltip(new Tooltip("New account (Ctrl+N)"));
        return create;
    }

    private Button connect() {
        Button connect = Buttons.button("_Connect", Icon.PLAY, desktop::connect);
        connect.getStyleClass().add("accent");
        connect.setTooltip(new Tooltip("Test the form as it stands (F5)"));
        connect.disableProperty().bind(desktop.canConnectProperty().not());
        return connect;
    }

    private Button stop() {
        Button stop = Buttons.button("S_top", Icon.STOP, desktop::stop);
        stop.setTooltip(new Tooltip("Stop the test at once (Esc)"));
        stop.disableProperty().bind(desktop.canStopProperty().not());
        return stop;
    }

    private Button demo() {
        Button demo = Buttons.plain("_Demo", desktop::tryDemo);
        demo.setTooltip(new Tooltip("Connect to the built-in mail server"));
        demo.disableProperty().bind(desktop.demoStartingProperty());
        return demo;
    }

    private Button theme() {
        Button button = Buttons.icon(Icon.CONTRAST, "Light or dark", () -> {});
        button.setOnAction(_ -> themes().show(button, Side.BOTTOM, -118, 4));
        return button;
    }

    private ContextMenu themes() {
        ContextMenu menu = new ContextMenu();
        for (Theme theme : Theme.values()) {
            RadioMenuItem item = new RadioMenuItem(theme.label());
            item.setSelected(desktop.themeProperty().get() == theme);
            item.setOnAction(_ -> desktop.themeProperty().set(theme));
            menu.getItems().add(item);
        }
        return menu;
    }
}
