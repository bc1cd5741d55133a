package org.posthorn.desktop.view.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.posthorn.desktop.view.control.Columns;
import org.posthorn.desktop.viewmodel.connection.ConnectionStatus;
import org.posthorn.desktop.viewmodel.connection.ConnectionViewModel;

/** The page of one endpoint's connection. */
public final class ConnectionView extends ScrollPane {
    private final ConnectionViewModel model;
    private final ConnectionLinks links;
    private final VBox page = new VBox(16);
    private final RailView rail;

    public ConnectionView(ConnectionViewModel model, ConnectionLinks links, ObservableBooleanValue reducedMotion) {
        this.model = model;
        this.links = links;
        rail = new RailView(model.rail(), links.onPhase(), reducedMotion);
        page.getStyleClass().add("page");
        setContent(page);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        model.timelineProperty().subscribe(_ -> show());
        model.failureProperty().subscribe((_, _) -> show());
        model.bugProperty().subscribe((_, _) -> show());
        model.statusProperty().subscribe((_, _) -> show());
        model.remarks().subscribe(this::show);
    }

    private void show() {
        List<Node> parts = new ArrayList<>(List.of(rail));
        model.signInProperty().get().ifPresent(signIn -> parts.add(SignInView.of(signIn, model::stop)));
        model.failureProperty().get().ifPresent(failure -> parts.add(new FailureView(failure, links, believingOnce())));
        model.bugProperty().get().ifPresent(bug -> parts.add(new BugView(bug)));
        if (!model.remarks().isEmpty()) {
            parts.add(RemarksView.of(model.remarks(), links));
        }
        if (model.statusProperty().get() == ConnectionStatus.UNTESTED) {
            parts.add(invitation());
        }
        if (!model.attempts().isEmpty()) {
            parts.add(FactCards.attempts(model.attempts()));
        }
        Columns cards = cards();
        if (!cards.getChildren().isEmpty()) {
            parts.add(cards);
        }
        model.tlsProperty()
                .get()
                .filter(tls -> !tls.chain().isEmpty())
                .ifPresent(tls -> parts.add(CertificateView.of(tls)));
        page.getChildren().setAll(parts);
    }

    private Optional<Runnable> believingOnce() {
        return model.refusedCertificate().map(_ -> model::connectBelievingOnce);
    }

    private Columns cards() {
        Columns cards = new Columns(300, 3, 16);
        String greeting = model.greetingProperty().get();
        model.tlsProperty().get().ifPresent(tls -> cards.getChildren().add(FactCards.tls(tls)));
        model.pathProperty().get().ifPresent(path -> cards.getChildren().add(FactCards.path(path)));
        model.loginProperty()
                .get()
                .ifPresentOrElse(
                        login -> cards.getChildren().add(FactCards.login(login, greeting)),
                        () -> addGreeting(cards, greeting));
        model.tokenProperty()
                .get()
                .ifPresent(token -> cards.getChildren().add(TokenView.of(token, model::connectWithNewToken)));
        return cards;
    }

    private static void addGreeting(Columns cards, String greeting) {
        if (!greeting.isEmpty()) {
            cards.getChildren().add(FactCards.greeting(greeting));
        }
    }

    private static Label invitation() {
        Label words = new Label("Connect (F5) tests the settings as they stand on the form. Nothing is saved by it.");
        words.getStyleClass().add("muted");
        words.setWrapText(true);
        return words;
    }
}
