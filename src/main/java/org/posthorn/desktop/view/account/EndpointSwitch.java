package org.posthorn.desktop.view.account;

import java.util.List;
import java.util.Locale;
import javafx.geometry.Side;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.util.Subscription;
import org.posthorn.account.Protocol;
import org.posthorn.desktop.view.control.Icon;
import org.posthorn.desktop.view.control.StatusMark;
import org.posthorn.desktop.viewmodel.account.AccountViewModel;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;

/** The endpoints of an account, one of them shown, each with its status; more can be added while a protocol is left. */
final class EndpointSwitch extends HBox {
    private final AccountViewModel account;
    private Subscription segments = Subscription.EMPTY;
    private final Subscription watching;

    EndpointSwitch(AccountViewModel account) {
        this.account = account;
        getStyleClass().add("segments");
        setMaxHeight(USE_PREF_SIZE);
        setMinWidth(USE_PREF_SIZE);
        watching = Subscription.combine(
                account.endpoints().subscribe(this::fill),
                account.addable().subscribe(this::fill),
                account.selectedProperty().subscribe(_ -> fill()));
    }

    void end() {
        segments.unsubscribe();
        watching.unsubscribe();
    }

    private void fill() {
        segments.unsubscribe();
        segments = Subscription.EMPTY;
        getChildren().clear();
        account.endpoints().forEach(endpoint -> getChildren().add(segment(endpoint)));
        if (!account.addable().isEmpty()) {
            getChildren().add(adder());
        }
        getChildren().getFirst().getStyleClass().add("first");
        getChildren().getLast().getStyleClass().add("last");
    }

    private ToggleButton segment(EndpointViewModel endpoint) {
        StatusMark mark = new StatusMark();
        ToggleButton segment = new ToggleButton("", mark);
        segment.getStyleClass().setAll("segment");
        segment.setMinWidth(USE_PREF_SIZE);
        segment.setAccessibleRole(AccessibleRole.RADIO_BUTTON);
        segment.setSelected(endpoint == account.selected());
        segment.setOnAction(_ -> {
            account.selectedProperty().set(endpoint);
            segment.setSelected(true);
        });
        segment.setContextMenu(remover(endpoint));
        segments = segments.and(endpoint.protocolProperty().subscribe(protocol -> segment.setText(protocol.name())))
                .and(endpoint.connection().statusProperty().subscribe(status -> {
                    mark.show(status.name().toLowerCase(Locale.ROOT));
                    segment.setAccessibleText(endpoint.protocol().name() + ", " + status.word());
                }));
        return segment;
    }

    private ContextMenu remover(EndpointViewModel endpoint) {
        MenuItem remove = new MenuItem("Remove " + endpoint.protocol().name() + " from this account");
        remove.setDisable(account.endpoints().size() == 1);
        remove.setOnAction(_ -> account.removeEndpoint(endpoint));
        return new ContextMenu(remove);
    }

    private Button adder() {
        Button add = new Button("", Icon.PLUS.node());
        add.getStyleClass().setAll("segment");
        add.setAccessibleText("Add a protocol to this account");
        add.setTooltip(new Tooltip("Add a protocol to this account"));
        add.setOnAction(_ -> add(add));
        return add;
    }

    private void add(Button at) {
        List<Protocol> left = List.copyOf(account.addable());
        if (left.size() == 1) {
            account.addEndpoint(left.getFirst());
            return;
        }
        ContextMenu menu = new ContextMenu();
        left.forEach(protocol -> {
            MenuItem item = new MenuItem(protocol.name());
            item.setOnAction(_ -> account.addEndpoint(protocol));
            menu.getItems().add(item);
        });
        menu.show(at, Side.BOTTOM, 0, 4);
    }
}
