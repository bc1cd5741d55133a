package org.posthorn.desktop.view.account;

import java.util.function.Consumer;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import org.posthorn.account.Field;
import org.posthorn.desktop.view.capabilities.CapabilitiesView;
import org.posthorn.desktop.view.connection.ConnectionLinks;
import org.posthorn.desktop.view.connection.ConnectionView;
import org.posthorn.desktop.view.connections.ConnectionsView;
import org.posthorn.desktop.view.message.MessageView;
import org.posthorn.desktop.view.settings.SettingsView;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;
import org.posthorn.desktop.viewmodel.connection.LiveConnection.Kind;
import org.posthorn.desktop.viewmodel.desktop.Tab;
import org.posthorn.desktop.viewmodel.secrets.KeepingViewModel;

/** The pages of one endpoint. They live as long as the endpoint, so that each stays where it was left. */
final class EndpointPages {
    private final SettingsView settings;
    private final ConnectionView connection;
    private final CapabilitiesView capabilities;
    private final ConnectionsView connections;
    private final MessageView message;

    /**
     * @param open opens a connection that stays
     * @param send sends the test message
     */
    EndpointPages(
            EndpointViewModel endpoint,
            Consumer<Kind> open,
            Runnable send,
            KeepingViewModel keeping,
            ConnectionLinks links,
            ObservableBooleanValue reducedMotion) {
        settings = new SettingsView(endpoint.settings(), keeping);
        connection = new ConnectionView(endpoint.connection(), links, reducedMotion);
        capabilities = new CapabilitiesView(endpoint.capabilities());
        connections = new ConnectionsView(endpoint.connections(), open, links);
        message = new MessageView(endpoint.message(), send);
    }

    Node page(Tab tab) {
        return switch (tab) {
            case SETTINGS -> settings;
            case CONNECTION -> connection;
            case CAPABILITIES -> capabilities;
            case CONNECTIONS -> connections;
            case MESSAGE -> message;
        };
    }

    void focus(Field field) {
        settings.focus(field);
    }
}
