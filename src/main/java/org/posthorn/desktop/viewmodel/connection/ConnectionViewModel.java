package org.posthorn.desktop.viewmodel.connection;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Protocol;
import org.posthorn.account.Trust;
import org.posthorn.client.LoginGuard;
import org.posthorn.timeline.CertificateFacts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Timeline;
import org.posthorn.timeline.TlsFacts;
import org.posthorn.wire.WireLog;

/** One endpoint's test: what it runs, what came of it, and the commands that start and stop it. */
public final class ConnectionViewModel {
    private static final Remark ONCE = new Remark(
            true,
            "The certificate was believed for this one test, whatever is wrong with it.",
            "Nothing of that is saved; put its fingerprint into Trusted fingerprints to believe it always.",
            Optional.of(Field.FINGERPRINTS));

    private final Connector connector;
    private final LoginGuard guard;
    private final WireLog log;
    private final Clock clock;
    private final Executor ui;
    private final Rail rail = new Rail();
    private final ReadOnlyObjectWrapper<Timeline> timeline = new ReadOnlyObjectWrapper<>(Timeline.empty(0));
    private final ReadOnlyObjectWrapper<ConnectionStatus> status =
            new ReadOnlyObjectWrapper<>(ConnectionStatus.UNTESTED);
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper greeting = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<PathCard>> path = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<TlsCard>> tls = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<LoginCard>> login = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<SignInCard>> signIn = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<TokenCard>> token = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<FailureCard>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Renewal>> renewal = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Throwable>> bug = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObservableList<AttemptRow> attempts = FXCollections.observableArrayList();
    private final ObservableList<AttemptRow> readOnlyAttempts = FXCollections.unmodifiableObservableList(attempts);
    private final ObservableList<Remark> remarks = FXCollections.observableArrayList();
    private final ObservableList<Remark> readOnlyRemarks = FXCollections.unmodifiableObservableList(remarks);
    private final List<Remark> logRemarks = new ArrayList<>();
    private final List<Remark> onlyOnce = new ArrayList<>();
    private Optional<Run> run = Optional.empty();
    private Optional<LoginGuard.Caution> warned = Optional.empty();
    private int runs;
    private Endpoint shown = Endpoint.of(Protocol.IMAP, "");

    /**
     * A view-model that has tested nothing yet.
     *
     * @param guard counts the refused logins, of this endpoint and of others
     * @param log where the connector writes its lines
     * @param ui runs what touches the properties, on the one thread that may
     */
    public ConnectionViewModel(Connector connector, LoginGuard guard, WireLog log, Clock clock, Executor ui) {
        this.connector = connector;
        this.guard = guard;
        this.log = log;
        this.clock = clock;
        this.ui = ui;
    }

    // Properties

    /** The phases in order; the nodes stay the same while the plan does. */
    public ObservableList<RailNode> rail() {
        return rail.nodes();
    }

    /** The endpoint of the last test, as it was then. */
    public Endpoint endpoint() {
        return shown;
    }

    /** The last snapshot; empty before the first test. */
    public ReadOnlyObjectProperty<Timeline> timelineProperty() {
        return timeline.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<ConnectionStatus> statusProperty() {
        return status.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    public boolean isRunning() {
        return running.get();
    }

    /** Peer, TLS and certificate in one line. */
    public ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /** The server's first line. */
    public ReadOnlyStringProperty greetingProperty() {
        return greeting.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<PathCard>> pathProperty() {
        return path.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<TlsCard>> tlsProperty() {
        return tls.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<LoginCard>> loginProperty() {
        return login.getReadOnlyProperty();
    }

    /** What the person has to do at a browser for the test to go on; empty when nothing. */
    public ReadOnlyObjectProperty<Optional<SignInCard>> signInProperty() {
        return signIn.getReadOnlyProperty();
    }

    /** What is known of the access token; empty where there is none. */
    public ReadOnlyObjectProperty<Optional<TokenCard>> tokenProperty() {
        return token.getReadOnlyProperty();
    }

    /** Why the last test failed; empty while it runs, when it went well and when the person stopped it. */
    public ReadOnlyObjectProperty<Optional<FailureCard>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /** What should be known of the last test although it did not end it, warnings first. */
    public ObservableList<Remark> remarks() {
        return readOnlyRemarks;
    }

    /** A bug of Posthorn that ended the last test. */
    public ReadOnlyObjectProperty<Optional<Throwable>> bugProperty() {
        return bug.getReadOnlyProperty();
    }

    /** The refresh token that is good since the last test, where it is another. */
    public ReadOnlyObjectProperty<Optional<Renewal>> renewalProperty() {
        return renewal.getReadOnlyProperty();
    }

    /** The forms of TLS that were tried in turn; empty when there was only one. */
    public ObservableList<AttemptRow> attempts() {
        return readOnlyAttempts;
    }

    /** The lines of this endpoint's connections. */
    public WireLog log() {
        return log;
    }

    // Commands

    /**
     * Tests an endpoint; a test that still runs is stopped first. Where one more refused login may lock the account, it says
     * so instead, and when it is safe again; asked a second time it goes on.
     */
    public void connect(Endpoint endpoint) {
        stop();
        Optional<LoginGuard.Caution> caution = guard.caution(endpoint);
        if (caution.isPresent() && !caution.equals(warned)) {
            warned = caution;
            remarks.setAll(GuardRemark.of(caution.get(), endpoint, "connect", clock));
            return;
        }
        runs++;
        Run started = new Run(endpoint, runs);
        run = Optional.of(started);
        failure.set(Optional.empty());
        remarks.clear();
        logRemarks.clear();
        onlyOnce.clear();
        bug.set(Optional.empty());
        show(endpoint, Timeline.empty(0));
        status.set(ConnectionStatus.CONNECTING);
        running.set(true);
        started.start();
    }

    /** Tests the endpoint of the last test again, with a new access token. */
    public void connectWithNewToken() {
        connector.renewToken(shown);
        connect(shown);
    }

    /** The fingerprint of the certificate for which the last test was refused; absent where it ended otherwise. */
    public Optional<String> refusedCertificate() {
        boolean refused = timeline.get()
                .failure()
                .filter(Failure.CertificateRejected.class::isInstance)
                .isPresent();
        return timeline.get()
                .latest(TlsFacts.class)
                .filter(_ -> refused)
                .flatMap(tls -> tls.certificates().stream().findFirst())
                .map(CertificateFacts::sha256);
    }

    /** Tests the endpoint of the last test again and believes that certificate, and no other, for this once. */
    public void connectBelievingOnce() {
        refusedCertificate().ifPresent(fingerprint -> {
            Trust trust = shown.tls().trust();
            Set<String> believed = new HashSet<>(trust.fingerprints());
            believed.add(fingerprint);
            connect(shown.withTls(shown.tls().withTrust(trust.withFingerprints(believed))));
            onlyOnce.add(ONCE);
        });
    }

    /** Stops the test that runs, at once. */
    public void stop() {
        run.filter(_ -> running.get()).ifPresent(Run::stop);
    }

    /** Forgets what was shown, and plans the rail for an endpoint as the form stands. */
    public void plan(Endpoint endpoint) {
        if (run.isEmpty()) {
            rail.show(endpoint, Timeline.empty(0));
        }
    }

    private void show(Endpoint endpoint, Timeline snapshot) {
        shown = endpoint;
        Cards cards = new Cards(snapshot, clock);
        rail.show(endpoint, snapshot);
        attempts.setAll(Attempts.of(snapshot));
        path.set(cards.path());
        tls.set(cards.tls());
        login.set(cards.login());
        TokenCards tokens = new TokenCards(snapshot, clock.getZone());
        signIn.set(tokens.signIn());
        token.set(tokens.token());
        greeting.set(cards.greeting());
        summary.set(cards.summary());
        timeline.set(snapshot);
    }

    private void finish(Endpoint endpoint, Timeline last) {
        guard.heard(endpoint, last);
        show(endpoint, last);
        Findings findings = new Findings(endpoint, last);
        failure.set(findings.failure());
        remarks.setAll(findings.remarks());
        remarks.addAll(0, onlyOnce);
        remarks.addAll(logRemarks);
        status.set(last.failure().map(ConnectionViewModel::statusOf).orElse(ConnectionStatus.OK));
        running.set(false);
        renewal.set(connector.renewal(endpoint));
    }

    private static ConnectionStatus statusOf(Failure failure) {
        return failure instanceof Failure.Cancelled ? ConnectionStatus.STOPPED : ConnectionStatus.FAILED;
    }

    /** One test; what it still says after another has begun is not shown. */
    private final class Run implements SessionListener {
        private final Endpoint endpoint;
        private final int number;
        private final AtomicReference<Optional<Timeline>> newest = new AtomicReference<>(Optional.empty());
        private Optional<Session> session = Optional.empty();

        private Run(Endpoint endpoint, int number) {
            this.endpoint = endpoint;
            this.number = number;
        }

        private void start() {
            session = Optional.of(connector.connect(endpoint, this));
        }

        private void stop() {
            session.ifPresent(Session::stop);
        }

        /** Of the snapshots that pile up while the window is busy only the newest is drawn. */
        @Override
        public void progressed(Timeline snapshot) {
            newest.set(Optional.of(snapshot));
            whenCurrent(() -> newest.getAndSet(Optional.empty()).ifPresent(s -> show(endpoint, s)));
        }

        @Override
        public void ended(Timeline last) {
            whenCurrent(() -> finish(endpoint, last));
        }

        @Override
        public void logFileStopped(String sentence) {
            whenCurrent(() -> logRemarks.add(new Remark(
                    true,
                    sentence,
                    "The test itself went on; its lines are in the protocol log below.",
                    Optional.of(Field.LOG_FILE))));
        }

        @Override
        public void broke(Throwable cause) {
            whenCurrent(() -> {
                bug.set(Optional.of(cause));
                status.set(ConnectionStatus.FAILED);
                running.set(false);
            });
        }

        private void whenCurrent(Runnable action) {
            ui.execute(() -> {
                if (running.get() && number == runs) {
                    action.run();
                }
            });
        }
    }
}
