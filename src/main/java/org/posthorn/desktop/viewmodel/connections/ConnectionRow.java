package org.posthorn.desktop.viewmodel.connections;

import java.time.Instant;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.posthorn.account.ConnectionAssignment;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsVersion;
import org.posthorn.desktop.viewmodel.connection.Elapsed;
import org.posthorn.desktop.viewmodel.connection.LiveConnection;
import org.posthorn.desktop.viewmodel.connection.LiveConnection.Answer;
import org.posthorn.desktop.viewmodel.connection.LiveConnection.Kind;
import org.posthorn.desktop.viewmodel.connection.LiveConnection.Standing;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Timeline;
import org.posthorn.timeline.TlsFacts;

/** A connection in the table; it stays the same while the connection is there, also when it is opened anew. */
public final class ConnectionRow {
    private final LiveConnection connection;
    private final String use;
    private final ReadOnlyIntegerWrapper number = new ReadOnlyIntegerWrapper();
    private final ReadOnlyObjectWrapper<ConnectionState> state = new ReadOnlyObjectWrapper<>(ConnectionState.CREATED);
    private final ReadOnlyStringWrapper age = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper checked = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper roundTrip = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper security = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper way = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper canCheck = new ReadOnlyBooleanWrapper();
    private Standing standing;
    private Instant since;

    ConnectionRow(LiveConnection connection, ConnectionAssignment assignment, Instant now) {
        this.connection = connection;
        use = use(connection, assignment);
        standing = connection.now();
        since = now;
        show(standing, now);
    }

    /** For which operations it is the current connection. */
    private static String use(LiveConnection connection, ConnectionAssignment assignment) {
        return switch (connection.kind()) {
            case MAIN ->
                assignment == ConnectionAssignment.MAIN ? "current for every thread" : "current for all other threads";
            case DEFAULT -> "current for " + connection.thread().orElse("its thread");
            case INDEPENDENT -> "only where it is passed";
        };
    }

    // Properties

    public Kind kind() {
        return connection.kind();
    }

    /** The thread to which it belongs, and for which operations it is the current connection. */
    public String use() {
        return use;
    }

    /** Its number in the log, another one after it was opened anew; 0 before it has one. */
    public ReadOnlyIntegerProperty numberProperty() {
        return number.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<ConnectionState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** How long it has been open, on the way, or broken; a command that is under way leaves it open. */
    public ReadOnlyStringProperty ageProperty() {
        return age.getReadOnlyProperty();
    }

    /** How long ago the server answered last; empty before the first answer. */
    public ReadOnlyStringProperty checkedProperty() {
        return checked.getReadOnlyProperty();
    }

    /** How long that answer took; empty before the first. */
    public ReadOnlyStringProperty roundTripProperty() {
        return roundTrip.getReadOnlyProperty();
    }

    /** The version of TLS, or that there is none; empty before that is known. */
    public ReadOnlyStringProperty securityProperty() {
        return security.getReadOnlyProperty();
    }

    /** How TLS came about; empty without. */
    public ReadOnlyStringProperty wayProperty() {
        return way.getReadOnlyProperty();
    }

    /** Whether a NOOP may be sent now, or the connection opened anew for one. */
    public ReadOnlyBooleanProperty canCheckProperty() {
        return canCheck.getReadOnlyProperty();
    }

    /** Whether it can be closed by itself; the main connection is closed with all others. */
    public boolean canClose() {
        return kind() != Kind.MAIN;
    }

    // The table's side

    LiveConnection connection() {
        return connection;
    }

    Timeline timeline() {
        return standing.timeline();
    }

    Optional<Instant> checkedAt() {
        return standing.answer().map(Answer::at);
    }

    /** Whether it can be used without a login before. */
    boolean isOpen() {
        return isOpen(state.get());
    }

    boolean isBroken() {
        return state.get() == ConnectionState.BROKEN;
    }

    void allowCheck(boolean allowed) {
        canCheck.set(allowed);
    }

    void show(Standing now, Instant time) {
        ConnectionState next = now.timeline().state();
        boolean other = number.get() != now.timeline().connection();
        if (other || phaseOfLife(next) != phaseOfLife(state.get())) {
            since = time;
        }
        standing = now;
        number.set(now.timeline().connection());
        state.set(next);
        roundTrip.set(
                now.answer().map(answer -> Elapsed.text(answer.roundTrip())).orElse(""));
        showSecurity(now.timeline());
        tick(time);
    }

    void tick(Instant time) {
        age.set("for " + Age.text(since, time));
        checked.set(checkedAt().map(at -> Age.text(at, time) + " ago").orElse(""));
    }

    private void showSecurity(Timeline timeline) {
        TlsMode inForce = timeline.securityInForce();
        security.set(
                inForce == TlsMode.NONE
                        ? isOpen() ? "none" : ""
                        : timeline.latest(TlsFacts.class)
                                .flatMap(TlsFacts::version)
                                .map(TlsVersion::spoken)
                                .orElse("TLS"));
        way.set(inForce == TlsMode.NONE ? "" : inForce.label());
    }

    private static boolean isOpen(ConnectionState state) {
        return state == ConnectionState.READY || state == ConnectionState.BUSY;
    }

    private static int phaseOfLife(ConnectionState state) {
        return switch (state) {
            case CREATED, CONNECTING, CONNECTED, AUTHENTICATING -> 0;
            case READY, BUSY -> 1;
            case CLOSING, CLOSED -> 2;
            case BROKEN -> 3;
        };
    }
}
