package org.posthorn.desktop.viewmodel.connection;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.posthorn.account.TlsVersion;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.Timeline;
import org.posthorn.timeline.TlsFacts;

/** The cards below the rail, made from a snapshot. */
final class Cards {
    private final Timeline timeline;
    private final Timeline whole;
    private final CertificateRows certificates;

    Cards(Timeline timeline, Clock clock) {
        this.timeline = DecisiveAttempt.upTo(timeline);
        whole = timeline;
        certificates = new CertificateRows(clock.instant(), clock.getZone());
    }

    Optional<PathCard> path() {
        Optional<Facts.Resolved> resolved = timeline.latest(Facts.Resolved.class);
        Optional<Facts.Connected> connected = timeline.latest(Facts.Connected.class);
        if (resolved.isEmpty() && connected.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PathCard(
                resolved.map(Facts.Resolved::name).orElse(""),
                connected
                        .flatMap(c -> c.address().map(address -> socket(address, c.port())))
                        .orElse(""),
                connected.flatMap(Facts.Connected::local).orElse(""),
                addresses()));
    }

    private List<AddressRow> addresses() {
        List<AddressRow> rows = new ArrayList<>();
        for (PhaseRecord record : whole.records()) {
            if (record.facts() instanceof Facts.Connected connected) {
                connected.tried().forEach(tried -> rows.add(address(record.attempt(), tried)));
            }
        }
        return rows;
    }

    private static AddressRow address(int attempt, Facts.Attempt tried) {
        return new AddressRow(
                attempt,
                socket(tried.address(), tried.port()),
                Elapsed.text(tried.elapsed()),
                tried.error().isEmpty(),
                tried.error().orElse("connected"));
    }

    Optional<TlsCard> tls() {
        return timeline.latest(TlsFacts.class).map(this::tls);
    }

    private TlsCard tls(TlsFacts tls) {
        return new TlsCard(
                tls.version().map(Cards::spaced).orElse(""),
                offered(tls),
                cipher(tls),
                tls.clientAuthentication().map(Cards::client).orElse(""),
                tls.trusted(),
                trust(tls),
                tls.problems().stream().map(CertificateSentences::of).toList(),
                certificates.of(tls));
    }

    private static String cipher(TlsFacts tls) {
        String group = tls.hellos().group().map(name -> " · " + name).orElse("");
        return tls.cipher().map(suite -> suite + group).orElse("");
    }

    private static String client(TlsFacts.ClientAuthentication asked) {
        String shown = asked.shown()
                .map(subject -> CertificateRows.commonName(subject) + " shown")
                .orElse("asked for, none shown");
        return asked.issuers().isEmpty()
                ? shown
                : shown + "; accepted from "
                        + asked.issuers().stream()
                                .map(CertificateRows::commonName)
                                .collect(Collectors.joining(", "));
    }

    private static String offered(TlsFacts tls) {
        return tls.requested().equals(tls.offered())
                ? numbers(tls.offered()) + ", as requested"
                : numbers(tls.offered()) + "; requested " + numbers(tls.requested());
    }

    private static String numbers(List<String> versions) {
        return versions.stream()
                .map(v -> TlsVersion.spoken(v).replace("TLS ", ""))
                .collect(Collectors.joining(", "));
    }

    private static String trust(TlsFacts tls) {
        if (tls.certificates().isEmpty()) {
            return "";
        }
        if (!tls.trusted()) {
            return "not trusted";
        }
        return tls.problems().isEmpty() ? "trusted" : "trusted by fingerprint";
    }

    Optional<LoginCard> login() {
        return timeline.latest(Facts.LoggedIn.class)
                .map(login -> new LoginCard(
                        login.mechanism().orElse(""),
                        String.join(" ", login.offered()),
                        login.user(),
                        login.accepted(),
                        login.text().orElse("")));
    }

    String greeting() {
        return timeline.latest(Facts.Greeted.class).flatMap(Facts.Greeted::text).orElse("");
    }

    /** Peer, TLS and certificate in one line; empty before there is anything to tell. */
    String summary() {
        List<String> parts = new ArrayList<>();
        path().map(PathCard::address).filter(address -> !address.isEmpty()).ifPresent(parts::add);
        timeline.latest(TlsFacts.class).ifPresent(tls -> {
            tls.version().map(Cards::spaced).ifPresent(parts::add);
            tls.cipher().ifPresent(parts::add);
            if (!tls.certificates().isEmpty()) {
                parts.add("certificate " + trust(tls) + ", "
                        + certificates.left(tls.certificates().getFirst()));
            }
        });
        return String.join(" · ", parts);
    }

    private static String spaced(String version) {
        return TlsVersion.spoken(version);
    }

    static String socket(String address, int port) {
        return address.contains(":") ? "[" + address + "]:" + port : address + ":" + port;
    }
}
