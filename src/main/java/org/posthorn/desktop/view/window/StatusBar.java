package org.posthorn.desktop.view.window;

import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Subscription;
import org.posthorn.desktop.view.control.Ticker;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;
import org.posthorn.desktop.viewmodel.connections.ConnectionsViewModel;
import org.posthorn.desktop.viewmodel.desktop.DesktopViewModel;

/** How the test stands, how many connections are open, and the peer that the test reached. */
final class StatusBar extends HBox implements AutoCloseable {
    private final Label open = new Label();
    private final Label peer = new Label();
    private Subscription shown = Subscription.EMPTY;

    StatusBar(DesktopViewModel desktop) {
        super(16);
        getStyleClass().add("status-line");
        setAlignment(Pos.CENTER_LEFT);
        Label status = new Label();
        status.textProperty().bind(desktop.statusProperty());
        status.setMinWidth(USE_PREF_SIZE);
        open.setMinWidth(USE_PREF_SIZE);
        open.managedProperty().bind(open.textProperty().isNotEmpty());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        getChildren().addAll(status, open, space, peer);
        desktop.endpointProperty().subscribe(this::show);
    }

    private void show(Optional<EndpointViewModel> endpoint) {
        close();
        open.setText("");
        peer.setText("");
        shown = endpoint.map(this::follow).orElse(Subscription.EMPTY);
    }

    private Subscription follow(EndpointViewModel endpoint) {
        ConnectionsViewModel connections = endpoint.connections();
        // The ages in the table are those of the same clock.
        Ticker ticker = new Ticker(connections.summaryProperty().isNotEmpty(), connections::tick);
        return Subscription.combine(
                endpoint.connection().summaryProperty().subscribe(peer::setText),
                connections.summaryProperty().subscribe(open::setText),
                ticker::close);
    }

    /** Follows nothing any more. */
    @Override
    public void close() {
        shown.unsubscribe();
    }
}
