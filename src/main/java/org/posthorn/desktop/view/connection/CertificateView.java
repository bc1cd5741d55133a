package org.posthorn.desktop.view.connection;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.posthorn.desktop.view.control.Badge;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.Card;
import org.posthorn.desktop.view.control.Columns;
import org.posthorn.desktop.view.control.FactGrid;
import org.posthorn.desktop.view.control.Icon;
import org.posthorn.desktop.viewmodel.connection.CertificateRow;
import org.posthorn.desktop.viewmodel.connection.TlsCard;

/** The certificate chain, from the server to the authority that vouches for it. */
final class CertificateView {
    private static final double NAMES = 80;

    private CertificateView() {}

    static Card of(TlsCard tls) {
        Card card = new Card("Certificates");
        card.atEnd(copyAll(tls));
        tls.problems().forEach(problem -> card.with(problem(problem)));
        Columns links = new Columns(300, 3, 24);
        tls.chain().forEach(certificate -> links.getChildren().add(link(certificate)));
        return card.with(links);
    }

    private static Button copyAll(TlsCard tls) {
        var copy = Buttons.button("Copy as PEM", Icon.COPY, () -> FailureView.copy(tls.pem()));
        copy.getStyleClass().add("small");
        return copy;
    }

    private static Label problem(String sentence) {
        Label problem = new Label(sentence);
        problem.setGraphic(Icon.CROSS.node());
        problem.getStyleClass().add("problem");
        problem.setWrapText(true);
        return problem;
    }

    private static VBox link(CertificateRow certificate) {
        FactGrid facts = new FactGrid(NAMES);
        facts.words("For", certificate.names());
        facts.words("Issued by", certificate.issuer());
        facts.words("Until", certificate.until() + " · " + certificate.left());
        facts.words("Key", certificate.key());
        facts.words("Revocation", certificate.revocation());
        facts.wire("SHA-256", certificate.fingerprint());
        VBox link = new VBox(6, title(certificate), facts);
        link.getStyleClass().add("certificate");
        return link;
    }

    private static HBox title(CertificateRow certificate) {
        HBox title = new HBox(8, role(certificate), FactGrid.copyable("Subject", certificate.subject()));
        HBox.setHgrow(title.getChildren().getLast(), Priority.ALWAYS);
        title.getChildren().getLast().getStyleClass().add("strong");
        return title;
    }

    private static Badge role(CertificateRow certificate) {
        String where = certificate.sent() ? certificate.role() : certificate.role() + ", found here";
        return new Badge(where, certificate.good() ? Badge.Meaning.PLAIN : Badge.Meaning.BAD);
    }
}
