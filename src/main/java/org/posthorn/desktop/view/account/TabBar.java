package org.posthorn.desktop.view.account;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javafx.collections.ObservableList;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.util.Subscription;
import org.posthorn.account.Protocol;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;
import org.posthorn.desktop.viewmodel.capabilities.CapabilityRow;
import org.posthorn.desktop.viewmodel.desktop.DesktopViewModel;
import org.posthorn.desktop.viewmodel.desktop.Tab;

/** What can be shown of an endpoint. */
public final class TabBar extends HBox {
    private final Map<Tab, ToggleButton> tabs = new EnumMap<>(Tab.class);
    private final Label capabilities = new Label();
    private Subscription counting = Subscription.EMPTY;
    private Subscription offering = Subscription.EMPTY;

    public TabBar(DesktopViewModel desktop) {
        getStyleClass().add("tab-bar");
        for (Tab tab : Tab.values()) {
            ToggleButton button = button(tab, desktop);
            tabs.put(tab, button);
            getChildren().add(button);
        }
        capabilities.getStyleClass().add("tab-count");
        desktop.tabProperty().subscribe(shown -> tabs.forEach((tab, button) -> button.setSelected(tab == shown)));
        desktop.endpointProperty().subscribe(this::count);
    }

    private ToggleButton button(Tab tab, DesktopViewModel desktop) {
        ToggleButton button = new ToggleButton(tab.label());
        button.getStyleClass().setAll("tab-button");
        button.setAccessibleRole(AccessibleRole.TAB_ITEM);
        button.setAccessibleText(tab.label());
        button.setOnAction(_ -> {
            if (tab == Tab.MESSAGE) {
                desktop.showMessage();
            } else {
                desktop.tabProperty().set(tab);
            }
            button.setSelected(true);
        });
        if (tab == Tab.CAPABILITIES) {
            button.setGraphic(capabilities);
            button.setContentDisplay(ContentDisplay.RIGHT);
        }
        return button;
    }

    private void count(Optional<EndpointViewModel> endpoint) {
        counting.unsubscribe();
        offerMessage(endpoint);
        counting = endpoint.map(shown -> watch(shown.capabilities().allRows())).orElse(Subscription.EMPTY);
    }

    private void offerMessage(Optional<EndpointViewModel> endpoint) {
        offering.unsubscribe();
        offering = endpoint.map(shown -> shown.protocolProperty().subscribe(this::offerMessage))
                .orElse(Subscription.EMPTY);
    }

    private void offerMessage(Protocol protocol) {
        Optional.ofNullable(tabs.get(Tab.MESSAGE)).ifPresent(message -> {
            message.setVisible(protocol == Protocol.SMTP);
            message.setManaged(protocol == Protocol.SMTP);
        });
    }

    private Subscription watch(ObservableList<CapabilityRow> rows) {
        capabilities.setText(number(rows));
        return rows.subscribe(() -> capabilities.setText(number(rows)));
    }

    private static String number(ObservableList<CapabilityRow> rows) {
        return rows.isEmpty() ? "" : Integer.toString(rows.size());
    }
}
