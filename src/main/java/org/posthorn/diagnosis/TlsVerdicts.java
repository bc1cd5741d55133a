package org.posthorn.diagnosis;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.posthorn.account.Field;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.TlsFacts;

/** Failures of the handshake, other than a certificate that is not believed. */
final class TlsVerdicts {
    /** Alerts by which a server says that it wanted a client certificate (RFC 8446 §6.2). */
    private static final Set<String> CLIENT_CERTIFICATE = Set.of(
            "certificate_required", "bad_certificate", "unsupported_certificate", "certificate_unknown", "unknown_ca");

    /** Alerts by which a server says that nothing of what was offered suits it (RFC 8446 §6.2). */
    private static final Set<String> REFUSALS = Set.of("handshake_failure", "insufficient_security");

    private TlsVerdicts() {}

    static Verdict of(Situation situation, Failure.TlsNotSpoken failure) {
        String received = failure.received();
        if (situation.attemptedStarttls()) {
            return Verdict.of(Cause.STARTTLS_SERVER_BROKEN, "noTls", 0.85);
        }
        return Spoken.in(received)
                .map(spoken -> spoken.protocol()
                                .filter(protocol -> protocol != situation.protocol())
                                .isEmpty()
                        ? notTls(spoken)
                        : GreetingVerdicts.wrongServer(spoken.label()))
                .orElseGet(() -> unknown(situation, received));
    }

    private static Verdict notTls(Spoken spoken) {
        return spoken.protocol().isPresent()
                ? starttlsPort().with("spoken", spoken.label())
                : GreetingVerdicts.wrongServer(spoken.label());
    }

    /** Bytes that no protocol begins with tell nothing of another form of TLS, unless the port is known for one. */
    private static Verdict unknown(Situation situation, String received) {
        if (!received.isEmpty() && !situation.onCleartextPort()) {
            return Verdict.of(Cause.PROTOCOL_VIOLATION, 0.8).with("phase", Phase.TLS.label());
        }
        return situation.onCleartextPort()
                ? starttlsPort()
                : Verdict.of(Cause.IMPLICIT_TLS_ON_STARTTLS_PORT, 0.7).at(Field.SECURITY);
    }

    private static Verdict starttlsPort() {
        return Verdict.of(Cause.IMPLICIT_TLS_ON_STARTTLS_PORT, 0.95).at(Field.SECURITY);
    }

    static Verdict of(Situation situation, Failure.HandshakeFailed failure) {
        String alert = failure.alert().orElse("").toLowerCase(Locale.ROOT);
        Verdict verdict = older(situation)
                .orElseGet(
                        () -> failure.alertSent() ? refusedHere(alert) : byAlert(situation, alert, failure.detail()));
        verdict = verdict.seen(Phase.TLS, "offered", String.join(", ", offered(situation)));
        return alert.isEmpty()
                ? verdict.seen(Phase.TLS, "handshake", failure.detail())
                : verdict.seen(Phase.TLS, "alert", alert);
    }

    /** A server that knows nothing newer says so in its ServerHello, and this side ends the handshake. */
    private static Optional<Verdict> older(Situation situation) {
        Set<TlsVersion> offered = situation.endpoint().tls().versions();
        return situation
                .tls()
                .flatMap(tls -> tls.hellos().version())
                .flatMap(TlsVerdicts::named)
                .filter(chosen -> offered.stream().allMatch(version -> version.compareTo(chosen) > 0))
                .map(chosen -> Verdict.of(
                                Cause.TLS_SERVER_TOO_WEAK, chosen.isObsolete() ? "older" : "olderCurrent", 0.95)
                        .by(chosen.isObsolete() ? Actor.SERVER : Actor.USER)
                        .at(chosen.isObsolete() ? Field.OBSOLETE_TLS : Field.TLS_VERSIONS)
                        .with("version", TlsVersion.spoken(chosen.standardName()))
                        .with("number", chosen.number())
                        .seen(Phase.TLS, "chosen", chosen.standardName()));
    }

    private static Optional<TlsVersion> named(String version) {
        return Arrays.stream(TlsVersion.values())
                .filter(known -> known.standardName().equals(version))
                .findFirst();
    }

    private static Verdict refusedHere(String alert) {
        return Verdict.of(Cause.TLS_SERVER_TOO_WEAK, "refusedHere", 0.5).with("alert", alert);
    }

    private static Verdict byAlert(Situation situation, String alert, String detail) {
        if (alert.equals("unrecognized_name")) {
            return Verdict.of(Cause.TLS_SNI_UNRECOGNIZED, 0.95).at(Field.HOST);
        }
        if (asksInVain(situation)) {
            return Verdict.of(Cause.CLIENT_CERTIFICATE_REQUIRED, 0.9).at(Field.CLIENT_CERTIFICATE);
        }
        if (CLIENT_CERTIFICATE.contains(alert)) {
            return Verdict.of(Cause.CLIENT_CERTIFICATE_REQUIRED, alert.equals("certificate_required") ? 0.95 : 0.7)
                    .by(Actor.ADMIN);
        }
        if (REFUSALS.contains(alert) && narrowed(situation)) {
            return Verdict.of(Cause.TLS_SERVER_TOO_WEAK, "suites", 0.85)
                    .by(Actor.USER)
                    .at(situation.endpoint().tls().cipherSuites().isEmpty() ? Field.GROUPS : Field.CIPHER_SUITES);
        }
        if (alert.equals("insufficient_security") || detail.contains("No appropriate protocol")) {
            return clientTooOld(0.85);
        }
        if (alert.equals("protocol_version") || alert.equals("handshake_failure")) {
            return noCommonGround(situation, alert);
        }
        return byEnd(situation, alert);
    }

    /** Whether less than the stack has was offered, as the settings say. */
    private static boolean narrowed(Situation situation) {
        TlsSettings tls = situation.endpoint().tls();
        return !tls.cipherSuites().isEmpty() || !tls.groups().isEmpty();
    }

    private static boolean asksInVain(Situation situation) {
        return situation
                .tls()
                .flatMap(TlsFacts::clientAuthentication)
                .filter(asked -> asked.shown().isEmpty())
                .isPresent();
    }

    private static Verdict noCommonGround(Situation situation, String alert) {
        if (offersAll(situation)) {
            return Verdict.of(Cause.TLS_SERVER_TOO_WEAK, 0.85);
        }
        boolean said = alert.equals("protocol_version");
        return situation.endpoint().tls().versions().contains(TlsVersion.TLS_1_3)
                ? Verdict.of(Cause.TLS_SERVER_TOO_WEAK, said ? "versions" : "narrowed", said ? 0.85 : 0.6)
                        .by(Actor.USER)
                        .at(Field.TLS_VERSIONS)
                : said ? clientTooOld(0.85) : unsaid();
    }

    /** Neither side said which of the two is the older. */
    private static Verdict unsaid() {
        return Verdict.of(Cause.TLS_CLIENT_TOO_OLD, "unsaid", 0.4).at(Field.TLS_VERSIONS);
    }

    private static boolean offersAll(Situation situation) {
        return situation.endpoint().tls().versions().containsAll(Set.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3));
    }

    private static Verdict clientTooOld(double confidence) {
        return Verdict.of(Cause.TLS_CLIENT_TOO_OLD, confidence).at(Field.TLS_VERSIONS);
    }

    /** The server went away without a telling alert: what the port is for and what was offered decide what that means. */
    private static Verdict byEnd(Situation situation, String alert) {
        if (alert.isEmpty() && situation.onCleartextPort() && !situation.attemptedStarttls()) {
            return Verdict.of(Cause.IMPLICIT_TLS_ON_STARTTLS_PORT, 0.7).at(Field.SECURITY);
        }
        if (alert.isEmpty() && !offersAll(situation)) {
            return noCommonGround(situation, alert);
        }
        return situation.attemptedStarttls()
                ? Verdict.of(Cause.STARTTLS_SERVER_BROKEN, "handshake", 0.6)
                : Verdict.of(Cause.TLS_SERVER_TOO_WEAK, "ended", 0.5);
    }

    private static List<String> offered(Situation situation) {
        return situation.endpoint().tls().versions().stream()
                .sorted()
                .map(TlsVersion::standardName)
                .toList();
    }

    static Verdict of(Failure.ClosedOnArrival failure) {
        return Verdict.of(Cause.CONNECTION_LOST, "greeting", 0.8).seen(Phase.TLS, "system", failure.detail());
    }

    static Verdict of(Situation situation, Failure.HandshakeTimeout failure) {
        return byProgress(situation, failure)
                .with("phase", Phase.TLS.label())
                .with("limit", Spans.text(failure.limit()))
                .seen(Phase.TLS, "timeout", Spans.text(failure.limit()));
    }

    private static Verdict byProgress(Situation situation, Failure.HandshakeTimeout failure) {
        if (failure.answered()) {
            return Verdict.of(Cause.CONNECTION_LOST, "stalled", 0.7).at(Field.OPERATION_TIMEOUT);
        }
        return situation.attemptedStarttls()
                ? Verdict.of(Cause.STARTTLS_SERVER_BROKEN, "silent", 0.7)
                : Verdict.of(Cause.GREETING_TIMEOUT, "handshake", 0.7).at(Field.PORT);
    }

    static Verdict of(Failure.TlsSettingsUnusable failure) {
        return Verdict.of(Cause.SETTINGS_UNUSABLE, "tls", 0.95)
                .at(failure.problem().field())
                .with("setting", failure.problem().field().label())
                .with("problem", failure.problem().sentence())
                .seen(Phase.TLS, "system", failure.problem().sentence());
    }
}
