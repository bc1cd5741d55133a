package org.posthorn.desktop.viewmodel.message;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
import org.posthorn.account.Login;
import org.posthorn.account.Problem;
import org.posthorn.account.Secret;
import org.posthorn.client.CheckResult;
import org.posthorn.client.LoginGuard;
import org.posthorn.client.smtp.Submission;
import org.posthorn.desktop.viewmodel.connection.Connector;
import org.posthorn.desktop.viewmodel.connection.GuardRemark;
import org.posthorn.desktop.viewmodel.connection.MessageListener;
import org.posthorn.desktop.viewmodel.connection.MessageOrder;
import org.posthorn.desktop.viewmodel.connection.Remark;
import org.posthorn.desktop.viewmodel.connection.Renewal;
import org.posthorn.desktop.viewmodel.connection.Session;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.diagnosis.Finding;
import org.posthorn.diagnosis.Severity;
import org.posthorn.mailbox.DraftField;
import org.posthorn.mailbox.DraftProblem;
import org.posthorn.mailbox.MessageDraft;
import org.posthorn.mailbox.RoundTripResult;
import org.posthorn.mailbox.SendingResult;

/** One test message of an SMTP endpoint: written, sent, and looked for. */
public final class MessageViewModel {
    private final Connector connector;
    private final LoginGuard guard;
    private final Supplier<Endpoint> sender;
    private final Supplier<Optional<Endpoint>> mailbox;
    private final Clock clock;
    private final Executor ui;
    private final MessageForm form = new MessageForm();
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<MessageOutcome>> sending =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<MessageOutcome>> search =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Throwable>> bug = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObservableList<RecipientRow> recipients = FXCollections.observableArrayList();
    private final ObservableList<HopRow> hops = FXCollections.observableArrayList();
    private final ObservableList<Remark> findings = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<Renewal>> renewal = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<List<String>> asked = Optional.empty();
    private List<String> warned = List.of();
    private Optional<Session> session = Optional.empty();

    /**
     * A page on which nothing has been sent yet.
     *
     * @param guard counts the refused logins of all endpoints
     * @param sender the endpoint as its form stands
     * @param mailbox the account's endpoint at which messages arrive
     * @param ui runs what touches the properties, on the one thread that may
     */
    public MessageViewModel(
            Connector connector,
            LoginGuard guard,
            Supplier<Endpoint> sender,
            Supplier<Optional<Endpoint>> mailbox,
            Clock clock,
            Executor ui) {
        this.connector = connector;
        this.guard = guard;
        this.sender = sender;
        this.mailbox = mailbox;
        this.clock = clock;
        this.ui = ui;
    }

    // Properties

    public MessageForm form() {
        return form;
    }

    public ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /** What is in the way of sending, or what is asked before; empty when nothing. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** How the sending stands; empty before the first. */
    public ReadOnlyObjectProperty<Optional<MessageOutcome>> sendingProperty() {
        return sending.getReadOnlyProperty();
    }

    /** How the search in the mailbox stands; empty where there is none. */
    public ReadOnlyObjectProperty<Optional<MessageOutcome>> searchProperty() {
        return search.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Throwable>> bugProperty() {
        return bug.getReadOnlyProperty();
    }

    /** Each recipient with the server's answer, as they come in. */
    public ObservableList<RecipientRow> recipients() {
        return recipients;
    }

    /** The servers on the way, from the sender on. */
    public ObservableList<HopRow> hops() {
        return hops;
    }

    /** What the refusals and the connections mean, and what to change. */
    public ObservableList<Remark> findings() {
        return findings;
    }

    /** The refresh token that is good since a message was sent or looked for, where it is another. */
    public ReadOnlyObjectProperty<Optional<Renewal>> renewalProperty() {
        return renewal.getReadOnlyProperty();
    }

    /** Whether a secret is empty that sending or searching needs. */
    public boolean lacksSecret() {
        return order().mailbox().stream().anyMatch(MessageViewModel::lacksSecret) || lacksSecret(sender.get());
    }

    private static boolean lacksSecret(Endpoint endpoint) {
        return endpoint.secrets().stream().anyMatch(Secret::isEmpty);
    }

    // Commands

    /** The form begins with the address that logs in, which most servers take as sender and recipient. */
    public void suggest() {
        String user = sender.get().login() instanceof Login.Named named ? named.user() : "";
        if (user.contains("@")) {
            for (DraftField field : List.of(DraftField.FROM, DraftField.TO)) {
                if (form.textProperty(field).get().isEmpty()) {
                    form.textProperty(field).set(user);
                }
            }
        }
    }

    /**
     * Sends the message as the form stands. To several recipients it asks first, and where one more refused login may lock
     * the account; pressed again it sends.
     */
    public void send() {
        if (running.get()) {
            return;
        }
        MessageOrder order = order();
        Optional<String> obstacle = obstacle(order);
        problem.set(obstacle.orElse(""));
        if (obstacle.isEmpty()) {
            start(order);
        }
    }

    /** Stops at once; a message that the server has taken is on its way. */
    public void stop() {
        session.filter(_ -> running.get()).ifPresent(Session::stop);
    }

    private MessageOrder order() {
        return new MessageOrder(
                sender.get(), form.draft(), form.roundTripProperty().get() ? mailbox.get() : Optional.empty());
    }

    private Optional<String> obstacle(MessageOrder order) {
        List<DraftProblem> wrong = order.draft().problems();
        if (!wrong.isEmpty()) {
            return Optional.of(
                    wrong.getFirst().field().label() + ": " + wrong.getFirst().sentence());
        }
        if (form.roundTripProperty().get() && order.mailbox().isEmpty()) {
            return Optional.of("Find it again: this account has no IMAP or POP3 endpoint; add one.");
        }
        Optional<String> unusable = order.mailbox()
                .filter(MessageViewModel::hasErrors)
                .map(endpoint ->
                        "Find it again: the settings of " + endpoint.protocol() + " cannot be used; see there.");
        if (unusable.isPresent() || hasErrors(order.sender())) {
            return unusable.or(() -> Optional.of("The settings of this endpoint cannot be used; see Settings."));
        }
        return caution(order).or(() -> question(order.draft()));
    }

    /** The search logs in as well. */
    private Optional<String> caution(MessageOrder order) {
        List<String> cautions = Stream.concat(Stream.of(order.sender()), order.mailbox().stream())
                .flatMap(endpoint ->
                        guard.caution(endpoint).map(each -> GuardRemark.of(each, endpoint, "send", clock)).stream())
                .map(remark -> remark.sentence() + " " + remark.change())
                .distinct()
                .toList();
        boolean known = cautions.equals(warned);
        warned = cautions;
        return known || cautions.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", cautions));
    }

    private static boolean hasErrors(Endpoint endpoint) {
        return endpoint.problems().stream().anyMatch(Problem::isError);
    }

    private Optional<String> question(MessageDraft draft) {
        List<String> addresses = draft.recipients();
        if (addresses.size() < 2 || asked.filter(addresses::equals).isPresent()) {
            asked = Optional.empty();
            return Optional.empty();
        }
        asked = Optional.of(addresses);
        return Optional.of("This goes to " + addresses.size() + " recipients. Press Send again to send it.");
    }

    private void start(MessageOrder order) {
        recipients.setAll(MessageRows.recipients(Submission.to(order.draft().recipients())));
        hops.clear();
        findings.clear();
        bug.set(Optional.empty());
        search.set(Optional.empty());
        sending.set(Optional.of(new MessageOutcome(MessageOutcome.Meaning.UNDER_WAY, "Sending…")));
        running.set(true);
        session = Optional.of(connector.send(order, new Listener(order)));
    }

    private void heard(CheckResult session) {
        guard.heard(session.endpoint(), session.timeline());
        connector.renewal(session.endpoint()).ifPresent(each -> renewal.set(Optional.of(each)));
    }

    private void show(SendingResult result) {
        heard(result.session());
        result.submission().ifPresent(submission -> recipients.setAll(MessageRows.recipients(submission)));
        sending.set(Optional.of(MessageRows.outcome(result)));
        List<Finding> said = new ArrayList<>();
        result.refusals()
                .forEach(refusal -> said.add(Diagnosis.of(
                        result.session().endpoint(), result.session().timeline(), refusal, Field::label)));
        said.addAll(Diagnosis.of(result.session().endpoint(), result.session().timeline()));
        remark(said);
    }

    private void show(RoundTripResult result) {
        heard(result.session());
        search.set(Optional.of(MessageRows.outcome(result)));
        hops.setAll(MessageRows.hops(result));
        remark(Diagnosis.of(result.session().endpoint(), result.session().timeline()));
    }

    private void remark(List<Finding> said) {
        said.forEach(finding -> findings.add(
                new Remark(finding.severity() != Severity.INFO, finding.user(), finding.remedy(), Optional.empty())));
    }

    private final class Listener implements MessageListener {
        private final MessageOrder order;

        Listener(MessageOrder order) {
            this.order = order;
        }

        @Override
        public void sending(Submission submission) {
            ui.execute(() -> recipients.setAll(MessageRows.recipients(submission)));
        }

        @Override
        public void sent(SendingResult result) {
            ui.execute(() -> {
                show(result);
                if (result.isUnderWay() && order.mailbox().isPresent()) {
                    search.set(Optional.of(new MessageOutcome(
                            MessageOutcome.Meaning.UNDER_WAY,
                            "Looking for it by " + order.mailbox().get().protocol() + "…")));
                }
            });
        }

        @Override
        public void found(RoundTripResult result) {
            ui.execute(() -> show(result));
        }

        @Override
        public void logFileStopped(String reason) {
            ui.execute(() -> findings.add(new Remark(true, reason, "", Optional.empty())));
        }

        @Override
        public void ended() {
            ui.execute(() -> running.set(false));
        }

        @Override
        public void broke(Throwable cause) {
            ui.execute(() -> {
                bug.set(Optional.of(cause));
                sending.set(Optional.empty());
                search.set(Optional.empty());
                running.set(false);
            });
        }
    }
}
