package org.posthorn.desktop.view.connection;

import java.util.List;
import org.posthorn.desktop.view.control.Badge;
import org.posthorn.desktop.view.control.Card;
import org.posthorn.desktop.view.control.FactGrid;
import org.posthorn.desktop.viewmodel.connection.AddressRow;
import org.posthorn.desktop.viewmodel.connection.AttemptRow;
import org.posthorn.desktop.viewmodel.connection.CertificateRow;
import org.posthorn.desktop.viewmodel.connection.LoginCard;
import org.posthorn.desktop.viewmodel.connection.PathCard;
import org.posthorn.desktop.viewmodel.connection.TlsCard;

/** The cards of facts: TLS, path, login, and the forms of TLS that were tried. */
final class FactCards {
    private static final double NAMES = 96;

    private FactCards() {}

    static Card tls(TlsCard tls) {
        FactGrid facts = new FactGrid(NAMES);
        facts.words("Version", tls.version().isEmpty() ? "none" : tls.version());
        facts.words("Offered", tls.offered());
        facts.wire("Cipher", tls.cipher());
        facts.words("Client", tls.client());
        if (!tls.chain().isEmpty()) {
            CertificateRow server = tls.chain().getFirst();
            facts.words("Certificate", server.subject() + " · " + server.left());
            facts.words("Issued by", server.issuer());
        }
        Card card = new Card("TLS");
        if (!tls.trust().isEmpty()) {
            card.beside(new Badge(tls.trust(), tls.trusted() ? Badge.Meaning.OK : Badge.Meaning.BAD));
        }
        return card.with(facts);
    }

    static Card path(PathCard path) {
        FactGrid facts = new FactGrid(NAMES);
        facts.wire("Name", path.name());
        facts.wire("Address", path.address());
        facts.wire("From here", path.local());
        List<AddressRow> others =
                path.tried().stream().filter(tried -> !tried.reached()).toList();
        for (int i = 0; i < others.size(); i++) {
            AddressRow other = others.get(i);
            facts.wire(i == 0 ? "Also tried" : "", other.address() + " — " + other.answer() + ", " + other.time());
        }
        return new Card("Path").with(facts);
    }

    static Card login(LoginCard login, String greeting) {
        FactGrid facts = new FactGrid(NAMES);
        facts.wire("Mechanism", login.mechanism());
        facts.wire("Offered", login.offered());
        facts.words("User", login.user());
        facts.wire("Answer", login.answer());
        facts.wire("Greeting", greeting);
        Badge badge = login.accepted()
                ? new Badge("accepted", Badge.Meaning.OK)
                : new Badge("not accepted", Badge.Meaning.BAD);
        return new Card("Login").beside(badge).with(facts);
    }

    static Card greeting(String greeting) {
        return new Card("Server").with(new FactGrid(NAMES).wire("Greeting", greeting));
    }

    static Card attempts(List<AttemptRow> attempts) {
        FactGrid facts = new FactGrid(190);
        attempts.forEach(attempt -> facts.node(
                attempt.number() + " · " + attempt.form(),
                new Badge(attempt.answer(), attempt.worked() ? Badge.Meaning.OK : Badge.Meaning.BAD)));
        return new Card("Forms of TLS tried in turn").with(facts);
    }
}
