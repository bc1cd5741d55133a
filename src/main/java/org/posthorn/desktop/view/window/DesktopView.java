package org.posthorn.desktop.view.window;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executor;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Orientation;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.posthorn.account.Protocol;
import org.posthorn.desktop.view.account.AccountHeader;
import org.posthorn.desktop.view.account.PageStack;
import org.posthorn.desktop.view.account.TabBar;
import org.posthorn.desktop.view.accounts.AccountListView;
import org.posthorn.desktop.view.connection.ConnectionLinks;
import org.posthorn.desktop.view.control.FilePicker;
import org.posthorn.desktop.view.log.LogPane;
import org.posthorn.desktop.view.secrets.PassphrasePane;
import org.posthorn.desktop.view.start.StartPage;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;
import org.posthorn.desktop.viewmodel.connection.FailureCard;
import org.posthorn.desktop.viewmodel.desktop.DesktopViewModel;
import org.posthorn.desktop.viewmodel.desktop.Tab;
import org.posthorn.desktop.viewmodel.log.LogViewModel;
import org.posthorn.timeline.Phase;

/** Everything inside the window. */
public final class DesktopView extends BorderPane implements AutoCloseable {
    private static final double LIST_WIDTH = 252;
    private static final String LIST_PANE = "list";
    private static final String LOG_PANE = "log";

    private final DesktopViewModel desktop;
    private final LogViewModel log;
    private final LogPane logPane;
    private final StatusBar status;
    private final SplitPane upperAndLog = new SplitPane();
    private final SplitPane listAndAccount = new SplitPane();
    private Subscription listWidth = Subscription.EMPTY;
    private Subscription failures = Subscription.EMPTY;

    /**
     * The window on its models.
     *
     * @param about shows what this copy of Posthorn is
     */
    public DesktopView(
            DesktopViewModel desktop,
            LogViewModel log,
            FilePicker files,
            ObservableBooleanValue reducedMotion,
            Executor uiThread,
            Runnable about) {
        this.desktop = desktop;
        this.log = log;
        logPane = new LogPane(log, files, uiThread);
        getStyleClass().add("desktop");
        setTop(new VBox(new Toolbar(desktop, about), new NoticeBar(desktop.accounts()), new BugBar(desktop)));
        status = new StatusBar(desktop);
        setBottom(status);
        setCenter(center(reducedMotion));
        desktop.endpointProperty().subscribe(this::showLog);
        addEventHandler(KeyEvent.KEY_PRESSED, this::onKey);
    }

    /** Puts the dividers where they were left. */
    public void arrange(Map<String, Double> panes) {
        OptionalDouble list =
                panes.containsKey(LIST_PANE) ? OptionalDouble.of(panes.get(LIST_PANE)) : OptionalDouble.empty();
        listWidth = listAndAccount.widthProperty().subscribe((_, width) -> {
            if (width.doubleValue() > 0) {
                listAndAccount.setDividerPositions(list.orElse(LIST_WIDTH / width.doubleValue()));
                listWidth.unsubscribe();
            }
        });
        upperAndLog.setDividerPositions(panes.getOrDefault(LOG_PANE, 0.64));
    }

    /** Where the dividers stand. */
    public Map<String, Double> panes() {
        return Map.of(
                LIST_PANE,
                listAndAccount.getDividerPositions()[0],
                LOG_PANE,
                upperAndLog.getDividerPositions()[0]);
    }

    @Override
    public void close() {
        failures.unsubscribe();
        logPane.close();
        status.close();
    }

    private StackPane center(ObservableBooleanValue reducedMotion) {
        PageStack pages = new PageStack(
                desktop, new ConnectionLinks(this::showLines, this::showConnection, desktop::lookAt), reducedMotion);
        upperAndLog.setOrientation(Orientation.VERTICAL);
        upperAndLog.getItems().addAll(pages, logPane);
        SplitPane.setResizableWithParent(logPane, false);
        VBox head = new VBox(new AccountHeader(desktop), new TabBar(desktop));
        head.getStyleClass().add("account-head");
        BorderPane account = new BorderPane(upperAndLog, head, null, null, null);
        AccountListView list = new AccountListView(desktop.accounts());
        listAndAccount.getItems().addAll(list, account);
        SplitPane.setResizableWithParent(list, false);
        listAndAccount.getStyleClass().add("list-and-account");
        StartPage start = new StartPage(desktop);
        listAndAccount.visibleProperty().bind(desktop.firstStartProperty().not());
        start.visibleProperty().bind(desktop.firstStartProperty());
        PassphrasePane passphrase =
                new PassphrasePane(desktop.accounts().secrets().questionProperty());
        listAndAccount.disableProperty().bind(passphrase.visibleProperty());
        getTop().disableProperty().bind(passphrase.visibleProperty());
        return new StackPane(listAndAccount, start, passphrase);
    }

    private void showLog(Optional<EndpointViewModel> endpoint) {
        failures.unsubscribe();
        failures = Subscription.EMPTY;
        endpoint.ifPresent(shown -> {
            log.show(shown.log());
            failures = shown.connection().failureProperty().subscribe(failure -> mark(shown, failure));
        });
    }

    /** Makes the server's word that the failure rests on stand out in the log. */
    private void mark(EndpointViewModel shown, Optional<FailureCard> failure) {
        log.clearMark();
        log.refresh();
        failure.ifPresent(card ->
                log.markFailure(shown.connection().timelineProperty().get().connection(), card.stage()));
    }

    private void showLines(Phase phase) {
        desktop.endpointProperty()
                .get()
                .ifPresent(shown -> log.selectPhase(
                        shown.connection().timelineProperty().get().connection(), phase));
    }

    private void showConnection(int number) {
        log.filters().clear();
        log.filters().connectionProperty().set(Optional.of(number));
    }

    private void onKey(KeyEvent event) {
        if (event.isShortcutDown() ? shortcut(event.getCode()) : key(event.getCode())) {
            event.consume();
        }
    }

    private boolean key(KeyCode code) {
        switch (code) {
            case F5 -> desktop.connect();
            case ESCAPE -> desktop.stop();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean shortcut(KeyCode code) {
        switch (code) {
            case S -> desktop.save();
            case N -> desktop.newAccount(Protocol.IMAP);
            case F -> logPane.find();
            case DIGIT1 -> desktop.tabProperty().set(Tab.SETTINGS);
            case DIGIT2 -> desktop.tabProperty().set(Tab.CONNECTION);
            case DIGIT3 -> desktop.tabProperty().set(Tab.CAPABILITIES);
            case DIGIT4 -> desktop.tabProperty().set(Tab.CONNECTIONS);
            case DIGIT5 -> desktop.showMessage();
            default -> {
                return false;
            }
        }
        return true;
    }
}
