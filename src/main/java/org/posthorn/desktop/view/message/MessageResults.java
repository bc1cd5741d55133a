package org.posthorn.desktop.view.message;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.posthorn.desktop.view.connection.BugView;
import org.posthorn.desktop.view.control.Badge;
import org.posthorn.desktop.view.control.Card;
import org.posthorn.desktop.view.control.FactGrid;
import org.posthorn.desktop.viewmodel.connection.Remark;
import org.posthorn.desktop.viewmodel.message.HopRow;
import org.posthorn.desktop.viewmodel.message.MessageOutcome;
import org.posthorn.desktop.viewmodel.message.MessageViewModel;
import org.posthorn.desktop.viewmodel.message.RecipientRow;

/** What became of a test message: each recipient, what it means, and the way to the mailbox. */
final class MessageResults {
    private static final double DELAYS = 56;

    private MessageResults() {}

    static List<Node> of(MessageViewModel model) {
        List<Node> parts = new ArrayList<>();
        model.bugProperty().get().ifPresent(bug -> parts.add(new BugView(bug)));
        model.sendingProperty().get().ifPresent(outcome -> parts.add(sending(outcome, model)));
        if (!model.findings().isEmpty()) {
            Card findings = new Card("What it means");
            model.findings().forEach(finding -> findings.with(finding(finding)));
            parts.add(findings);
        }
        model.searchProperty().get().ifPresent(outcome -> parts.add(search(outcome, model)));
        return parts;
    }

    private static Card sending(MessageOutcome outcome, MessageViewModel model) {
        Card card = new Card("Sending").with(outcome(outcome));
        model.recipients().forEach(recipient -> card.with(recipient(recipient)));
        return card;
    }

    private static Card search(MessageOutcome outcome, MessageViewModel model) {
        Card card = new Card("Round trip").with(outcome(outcome));
        if (!model.hops().isEmpty()) {
            FactGrid hops = new FactGrid(DELAYS);
            model.hops().forEach(hop -> hops.node(hop.delay().isEmpty() ? "start" : hop.delay(), hop(hop)));
            card.with(hops);
        }
        return card;
    }

    private static HBox outcome(MessageOutcome outcome) {
        Badge badge = new Badge(
                outcome.meaning().label(),
                switch (outcome.meaning()) {
                    case GOOD -> Badge.Meaning.OK;
                    case PARTLY -> Badge.Meaning.WARN;
                    case BAD -> Badge.Meaning.BAD;
                    case UNDER_WAY, NEITHER -> Badge.Meaning.PLAIN;
                });
        return line(badge, wrapped(outcome.sentence()));
    }

    private static HBox recipient(RecipientRow row) {
        Badge badge = new Badge(
                row.verdict().label(),
                switch (row.verdict()) {
                    case ACCEPTED -> Badge.Meaning.OK;
                    case REFUSED -> Badge.Meaning.BAD;
                    case WAITING -> Badge.Meaning.PLAIN;
                });
        Label address = new Label(row.address());
        address.setMinWidth(Label.USE_PREF_SIZE);
        return line(badge, address, FactGrid.wireText(row.address(), row.answer()));
    }

    private static HBox finding(Remark finding) {
        Badge badge =
                finding.warning() ? new Badge("warning", Badge.Meaning.WARN) : new Badge("note", Badge.Meaning.PLAIN);
        Label change = wrapped(finding.change());
        change.getStyleClass().add("muted");
        HBox line = line(badge, new VBox(2, wrapped(finding.sentence()), change));
        line.setAlignment(Pos.TOP_LEFT);
        return line;
    }

    private static Node hop(HopRow hop) {
        String from = hop.from().isEmpty() ? "" : hop.from() + " → ";
        String with = hop.with().isEmpty() ? "" : " with " + hop.with();
        String id = hop.id().isEmpty() ? "" : " id " + hop.id();
        return FactGrid.wireText("Hop", from + hop.by() + with + id);
    }

    private static HBox line(Node... parts) {
        HBox line = new HBox(10, parts);
        line.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(parts[parts.length - 1], Priority.ALWAYS);
        return line;
    }

    private static Label wrapped(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Label.USE_PREF_SIZE);
        return label;
    }
}
