package org.posthorn.desktop.view.connection;

import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import org.posthorn.desktop.view.control.Badge;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.Card;
import org.posthorn.desktop.view.control.FactGrid;
import org.posthorn.desktop.viewmodel.connection.TokenCard;

/** What the access token says of itself, and what of that does not go with the settings. */
final class TokenView {
    private static final double NAMES = 96;

    private TokenView() {}

    static Card of(TokenCard token, Runnable onRenew) {
        FactGrid facts = new FactGrid(NAMES);
        facts.words("Form", token.form());
        token.facts().forEach(fact -> facts.wire(fact.name(), fact.value()));
        Card card = new Card("Access token");
        if (!token.mismatches().isEmpty()) {
            card.beside(new Badge("does not fit", Badge.Meaning.WARN));
        }
        if (token.renewable()) {
            card.atEnd(Buttons.link("Connect with a new token", onRenew));
        }
        token.mismatches().forEach(sentence -> card.with(wrapped(sentence)));
        return card.with(facts);
    }

    private static Label wrapped(String sentence) {
        Label label = new Label(sentence);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }
}
