package org.posthorn.desktop.viewmodel.account;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.binding.StringBinding;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.client.PipeliningState;
import org.posthorn.desktop.viewmodel.capabilities.CapabilitiesViewModel;
import org.posthorn.desktop.viewmodel.connection.ConnectionViewModel;
import org.posthorn.desktop.viewmodel.connection.Connector;
import org.posthorn.desktop.viewmodel.connection.LiveConnection.Kind;
import org.posthorn.desktop.viewmodel.connections.ConnectionsViewModel;
import org.posthorn.desktop.viewmodel.message.MessageViewModel;
import org.posthorn.desktop.viewmodel.settings.SettingsViewModel;
import org.posthorn.wire.WireLog;

/** One endpoint of an open account: its form, its test, its capabilities, its open connections and its log. */
public final class EndpointViewModel {
    private final SettingsViewModel settings;
    private final ConnectionViewModel connection;
    private final CapabilitiesViewModel capabilities;
    private final MessageViewModel message;
    private final ConnectionsViewModel connections;
    private final WireLog log;
    private final ObjectBinding<Protocol> protocol;
    private final StringBinding summary;

    EndpointViewModel(
            Endpoint saved, Predicate<Protocol> free, Supplier<Optional<Endpoint>> mailbox, Workbench workbench) {
        log = new WireLog(workbench.clock(), WireLog.DEFAULT_CAPACITY);
        settings = new SettingsViewModel(saved, free);
        Connector connector = workbench.connectors().apply(log);
        connection = new ConnectionViewModel(connector, workbench.guard(), log, workbench.clock(), workbench.ui());
        message = new MessageViewModel(
                connector, workbench.guard(), settings::current, mailbox, workbench.clock(), workbench.ui());
        connections = new ConnectionsViewModel(
                connector, workbench.guard(), settings.current(), workbench.clock(), workbench.ui());
        capabilities = new CapabilitiesViewModel(workbench.registry());
        protocol = Bindings.createObjectBinding(() -> settings.current().protocol(), settings.currentProperty());
        summary = Bindings.createStringBinding(() -> summary(settings.current()), settings.currentProperty());
        settings.currentProperty().subscribe(connection::plan);
        settings.currentProperty().subscribe(connections::plan);
        connection.timelineProperty().subscribe(timeline -> {
            capabilities.show(connection.endpoint().protocol(), timeline);
            capabilities.show(PipeliningState.of(connection.endpoint(), timeline));
        });
    }

    // Properties

    public SettingsViewModel settings() {
        return settings;
    }

    public ConnectionViewModel connection() {
        return connection;
    }

    public CapabilitiesViewModel capabilities() {
        return capabilities;
    }

    /** The connections that are kept open. */
    public ConnectionsViewModel connections() {
        return connections;
    }

    /** The page that sends a test message; of use for SMTP alone. */
    public MessageViewModel message() {
        return message;
    }

    /** Every line of this endpoint's connections. */
    public WireLog log() {
        return log;
    }

    /** As chosen in the form. */
    public ObjectBinding<Protocol> protocolProperty() {
        return protocol;
    }

    public Protocol protocol() {
        return settings.current().protocol();
    }

    /** Host, port, security and login as the form stands, in one line. */
    public StringBinding summaryProperty() {
        return summary;
    }

    // Commands

    /**
     * Tests the form as it stands.
     *
     * @return whether it could be used; otherwise every problem is now shown at its field
     */
    public boolean connect() {
        boolean usable = isUsable();
        if (usable) {
            connection.connect(settings.current());
        }
        return usable;
    }

    /**
     * Opens a connection that stays, with the settings of those that are open, or of the form as it stands where none is.
     *
     * @return whether they could be used; otherwise every problem is now shown at its field
     */
    public boolean open(Kind kind) {
        boolean usable = connections.isLive() || isUsable();
        if (usable) {
            connections.open(kind);
        }
        return usable;
    }

    private boolean isUsable() {
        settings.showProblems();
        return !settings.hasErrors();
    }

    /** Ends its test and closes its connections; returns at once. */
    void stop() {
        connection.stop();
        connections.closeAll();
    }

    /** Whether a secret is empty that may be kept somewhere. */
    public boolean lacksSecret() {
        return settings.current().secrets().stream().anyMatch(Secret::isEmpty);
    }

    private static String summary(Endpoint endpoint) {
        if (endpoint.hostName().isEmpty()) {
            return "";
        }
        String login = switch (endpoint.login()) {
            case Login.None() -> "no login";
            case Login.Password password -> mechanisms(password, "password");
            case Login.CurrentUser user -> mechanisms(user, "current user");
            case Login.AccessToken token -> mechanisms(token, "access token");
            case Login.TokenProvider provider -> mechanisms(provider, "token provider");
        };
        return endpoint.hostName() + " : " + endpoint.effectivePort() + " · "
                + endpoint.security().label() + " · " + login;
    }

    private static String mechanisms(Login.Credentials login, String automatic) {
        List<String> chosen = login.sasl().mechanisms();
        return chosen.isEmpty() ? automatic : String.join(", ", chosen);
    }
}
