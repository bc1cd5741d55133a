package org.posthorn.desktop.view.window;

import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Subscription;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;
import org.posthorn.desktop.viewmodel.desktop.DesktopViewModel;

/** How the test stands, and the peer it reached. */
final class StatusBar extends HBox {
    private final Label peer = new Label();
    private Subscription summary = Subscription.EMPTY;

    StatusBar(DesktopViewModel desktop) {
        super(16);
        getStyleClass().add("status-line");
        setAlignment(Pos.CENTER_LEFT);
        Label status = new Label();
        status.textProperty().bind(desktop.statusProperty());
        status.setMinWidth(USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        getChildren().addAll(status, space, peer);
        desktop.endpointProperty().subscribe(this::show);
    }

    private void show(Optional<EndpointViewModel> endpoint) {
        summary.unsubscribe();
        peer.setText("");
        summary = endpoint.map(e -> e.connection().summaryProperty().subscribe(peer::setText))
                .orElse(Subscription.EMPTY);
    }
}
