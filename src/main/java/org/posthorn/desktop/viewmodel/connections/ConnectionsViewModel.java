package org.posthorn.desktop.viewmodel.connections;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.posthorn.account.ConnectionAssignment;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.client.LoginGuard;
import org.posthorn.desktop.viewmodel.connection.Connector;
import org.posthorn.desktop.viewmodel.connection.GuardRemark;
import org.posthorn.desktop.viewmodel.connection.LiveClient;
import org.posthorn.desktop.viewmodel.connection.LiveClientListener;
import org.posthorn.desktop.viewmodel.connection.LiveConnection;
import org.posthorn.desktop.viewmodel.connection.LiveConnection.Kind;
import org.posthorn.desktop.viewmodel.connection.LiveConnection.Standing;
import org.posthorn.desktop.viewmodel.connection.Remark;
import org.posthorn.desktop.viewmodel.connection.Renewal;
import org.posthorn.desktop.viewmodel.connection.SignInCard;
import org.posthorn.desktop.viewmodel.connection.TokenCards;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Timeline;

/**
 * The table of the connections that are kept open. There is one client at a time, from its first connection to the end of its
 * last. Connections are opened one after another, so that the login of each is counted before the next.
 */
public final class ConnectionsViewModel {
    private final Connector connector;
    private final LoginGuard guard;
    private final Clock clock;
    private final Executor ui;
    private final ObservableList<ConnectionRow> rows = FXCollections.observableArrayList();
    private final ObservableList<ConnectionRow> readOnlyRows = FXCollections.unmodifiableObservableList(rows);
    private final ObservableList<Remark> remarks = FXCollections.observableArrayList();
    private final ObservableList<Remark> readOnlyRemarks = FXCollections.unmodifiableObservableList(remarks);
    private final Map<Kind, ReadOnlyBooleanWrapper> openable = new EnumMap<>(Kind.class);
    private final ReadOnlyBooleanWrapper outdated = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper rules = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<SignInCard>> signIn = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Renewal>> renewal = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Throwable>> bug = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Set<LiveConnection> checking = new HashSet<>();
    private Optional<Live> live = Optional.empty();
    private Optional<LoginGuard.Caution> warned = Optional.empty();
    private Optional<Remark> caution = Optional.empty();
    private Optional<Remark> logFile = Optional.empty();
    private boolean opening;
    private Endpoint form;

    /**
     * A table without a connection.
     *
     * @param guard counts the refused logins, of this endpoint and of others
     * @param form the endpoint as its form stands
     * @param ui runs what touches the properties, on the one thread that may
     */
    public ConnectionsViewModel(Connector connector, LoginGuard guard, Endpoint form, Clock clock, Executor ui) {
        this.connector = connector;
        this.guard = guard;
        this.form = form;
        this.clock = clock;
        this.ui = ui;
        for (Kind kind : Kind.values()) {
            openable.put(kind, new ReadOnlyBooleanWrapper());
        }
        arrange();
    }

    // Properties

    /** The connections in the order in which they were opened. */
    public ObservableList<ConnectionRow> rows() {
        return readOnlyRows;
    }

    /** Why connections could not be opened or are broken, and what stands in the way of a command. */
    public ObservableList<Remark> remarks() {
        return readOnlyRemarks;
    }

    /** Whether the mode has such a connection, and it may be opened now. */
    public ReadOnlyBooleanProperty openableProperty(Kind kind) {
        return Optional.ofNullable(openable.get(kind)).orElseThrow().getReadOnlyProperty();
    }

    /** Whether the form has been changed since the client was made, which keeps the settings from before. */
    public ReadOnlyBooleanProperty outdatedProperty() {
        return outdated.getReadOnlyProperty();
    }

    /** Which connection an operation uses, and when idle ones are checked, in a sentence or two. */
    public ReadOnlyStringProperty rulesProperty() {
        return rules.getReadOnlyProperty();
    }

    /** How many are open and when the last was checked, in a line; empty while there is none. */
    public ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /** What the person has to do at a browser for an opening to go on; empty when nothing. */
    public ReadOnlyObjectProperty<Optional<SignInCard>> signInProperty() {
        return signIn.getReadOnlyProperty();
    }

    /** The refresh token that is good since the last opening, where it is another. */
    public ReadOnlyObjectProperty<Optional<Renewal>> renewalProperty() {
        return renewal.getReadOnlyProperty();
    }

    /** A bug of Posthorn that ended the last command. */
    public ReadOnlyObjectProperty<Optional<Throwable>> bugProperty() {
        return bug.getReadOnlyProperty();
    }

    /** Whether there is a client, whose settings further connections take. */
    public boolean isLive() {
        return live.isPresent();
    }

    // Commands

    /**
     * Opens a connection that stays; no effect where the mode has no such one, or while another is being opened. Where one more
     * refused login may lock the account, it says so instead; asked a second time it goes on.
     */
    public void open(Kind kind) {
        if (openableProperty(kind).get() && isSafe()) {
            Live client = live.orElseGet(() -> new Live(form));
            live = Optional.of(client);
            opening = true;
            arrange();
            client.client.open(kind);
        }
    }

    /** Sends a NOOP on a connection; one that is broken is opened anew for it, with the same caution as at first. */
    public void check(ConnectionRow row) {
        if (!row.canCheckProperty().get()) {
            return;
        }
        if (row.isOpen()) {
            checking.add(row.connection());
        } else if (isSafe()) {
            opening = true;
        } else {
            return;
        }
        arrange();
        row.connection().noop();
    }

    /** Closes a connection; no effect on the main one. */
    public void close(ConnectionRow row) {
        row.connection().close();
    }

    /** Closes all of them, and what is under way on them; the next one takes the settings of the form as it stands then. */
    public void closeAll() {
        live.ifPresent(client -> client.client.close());
        live = Optional.empty();
        opening = false;
        checking.clear();
        rows.clear();
        caution = Optional.empty();
        logFile = Optional.empty();
        arrange();
    }

    /** Gives up the sign-in that is waited for. */
    public void cancelSignIn() {
        rows.stream().filter(row -> signIn(row).isPresent()).findFirst().ifPresent(row -> {
            if (row.canClose()) {
                close(row);
            } else {
                closeAll();
            }
        });
    }

    /** Compares the settings of the connections with a form that has been changed. */
    public void plan(Endpoint changed) {
        form = changed;
        arrange();
    }

    /** A second has passed. */
    public void tick() {
        Instant now = clock.instant();
        rows.forEach(row -> row.tick(now));
        summary.set(ConnectionWords.summary(rows, now));
    }

    private boolean isSafe() {
        Endpoint endpoint = endpoint();
        Optional<LoginGuard.Caution> now = guard.caution(endpoint);
        boolean safe = now.isEmpty() || now.equals(warned);
        warned = now;
        caution = safe ? Optional.empty() : now.map(c -> GuardRemark.of(c, endpoint, "press the button", clock));
        bug.set(Optional.empty());
        arrange();
        return safe;
    }

    private Endpoint endpoint() {
        return live.map(client -> client.endpoint).orElse(form);
    }

    /** Everything that follows from the connections and the form. */
    private void arrange() {
        Endpoint endpoint = endpoint();
        ConnectionAssignment mode = endpoint.connections().assignment();
        boolean main = rows.stream().anyMatch(row -> row.kind() == Kind.MAIN);
        openable.forEach((kind, property) -> property.set(!opening && has(mode, kind) && !(kind == Kind.MAIN && main)));
        rows.forEach(row -> row.allowCheck(mayCheck(row)));
        outdated.set(live.isPresent() && !isSame(endpoint, form));
        rules.set(ConnectionWords.rules(endpoint.connections()));
        signIn.set(rows.stream().flatMap(row -> signIn(row).stream()).findFirst());
        List<Remark> all = new ArrayList<>(caution.stream().toList());
        all.addAll(ConnectionWords.troubles(endpoint, rows));
        logFile.ifPresent(all::add);
        if (!remarks.equals(all)) {
            remarks.setAll(all);
        }
        tick();
    }

    private static boolean has(ConnectionAssignment mode, Kind kind) {
        return switch (kind) {
            case MAIN -> mode != ConnectionAssignment.DEFAULT;
            case DEFAULT -> mode != ConnectionAssignment.MAIN;
            case INDEPENDENT -> true;
        };
    }

    private boolean mayCheck(ConnectionRow row) {
        ConnectionState state = row.stateProperty().get();
        return !checking.contains(row.connection())
                && (state == ConnectionState.READY || (state == ConnectionState.BROKEN && !opening));
    }

    /** A refresh token is renewed by the connections themselves, and no setting of the person's. */
    private static boolean isSame(Endpoint used, Endpoint form) {
        boolean login = used.login() instanceof Login.TokenProvider
                ? used.login().isLike(form.login())
                : used.login().equals(form.login());
        return login && used.withLogin(Login.none()).equals(form.withLogin(Login.none()));
    }

    private Optional<SignInCard> signIn(ConnectionRow row) {
        return new TokenCards(row.timeline(), clock.getZone()).signIn();
    }

    /** The client, and what it says; after its end that is not heard any more. */
    private final class Live implements LiveClientListener {
        private final Endpoint endpoint;
        private final LiveClient client;
        private final Map<LiveConnection, Integer> heard = new HashMap<>();

        Live(Endpoint endpoint) {
            this.endpoint = endpoint;
            client = connector.client(endpoint, this);
        }

        @Override
        public void changed(LiveConnection connection) {
            whileOpen(() -> show(connection));
        }

        @Override
        public void ended(LiveConnection connection) {
            whileOpen(() -> {
                show(connection);
                if (!checking.remove(connection)) {
                    opening = false;
                }
                connector.renewal(endpoint).ifPresent(next -> renewal.set(Optional.of(next)));
                settle();
            });
        }

        @Override
        public void logFileStopped(String sentence) {
            whileOpen(() -> {
                logFile = Optional.of(new Remark(
                        true,
                        sentence,
                        "The connections go on; their lines are in the protocol log below.",
                        Optional.of(Field.LOG_FILE)));
                arrange();
            });
        }

        @Override
        public void broke(Throwable cause) {
            whileOpen(() -> {
                bug.set(Optional.of(cause));
                opening = false;
                settle();
            });
        }

        private void whileOpen(Runnable action) {
            ui.execute(() -> {
                if (live.filter(this::equals).isPresent()) {
                    action.run();
                }
            });
        }

        private void show(LiveConnection connection) {
            Standing now = connection.now();
            hear(connection, now.timeline());
            Optional<ConnectionRow> row = rows.stream()
                    .filter(each -> each.connection().equals(connection))
                    .findFirst();
            if (now.gone()) {
                row.ifPresent(rows::remove);
                settle();
                return;
            }
            row.ifPresentOrElse(
                    known -> known.show(now, clock.instant()),
                    () -> rows.add(
                            new ConnectionRow(connection, endpoint.connections().assignment(), clock.instant())));
            arrange();
        }

        /** Each login counts once. */
        private void hear(LiveConnection connection, Timeline timeline) {
            boolean decided = timeline.state() == ConnectionState.READY || timeline.state() == ConnectionState.BROKEN;
            if (decided
                    && !Integer.valueOf(timeline.connection()).equals(heard.put(connection, timeline.connection()))) {
                guard.heard(endpoint, timeline);
            }
        }

        private void settle() {
            if (rows.isEmpty() && !opening) {
                closeAll();
            } else {
                arrange();
            }
        }
    }
}
