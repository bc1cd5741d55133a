package org.posthorn.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.posthorn.account.Field;
import org.posthorn.account.HostNames;
import org.posthorn.account.Login;
import org.posthorn.account.RevocationPolicy;
import org.posthorn.account.TlsVersion;
import org.posthorn.client.PipeliningState;
import org.posthorn.sasl.Mechanisms;
import org.posthorn.timeline.CertificateFacts;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.Revocation;
import org.posthorn.timeline.TlsFacts;

/** What should be known although it did not end the session. */
final class Remarks {
    private static final Duration SOON = Duration.ofDays(14);
    private static final int SMALL_RSA_BITS = 2048;
    private static final Set<String> PLAIN_MECHANISMS = Set.of("PLAIN", "LOGIN", "IMAP-LOGIN", "USER");

    private static final Set<String> COMMANDS = Set.of("IMAP-LOGIN", "USER", "APOP");

    private final Situation situation;
    private final List<Verdict> found = new ArrayList<>();

    private Remarks(Situation situation) {
        this.situation = situation;
    }

    static List<Verdict> of(Situation situation) {
        Remarks remarks = new Remarks(situation);
        remarks.checkLogin();
        remarks.checkToken();
        situation.tls().ifPresent(remarks::checkVersion);
        situation.tls().filter(TlsFacts::trusted).ifPresent(remarks::checkCertificates);
        remarks.found.addAll(CapabilityChange.of(situation.timeline()).verdicts());
        remarks.checkAddresses();
        remarks.checkAttempts();
        remarks.checkPipelining();
        return remarks.found;
    }

    private void checkLogin() {
        situation
                .timeline()
                .latest(Facts.LoggedIn.class)
                .filter(Facts.LoggedIn::accepted)
                .ifPresent(login -> {
                    checkPlaintext(login);
                    checkForced(login);
                });
    }

    /** A refused token's mismatches belong to the refusal. */
    private void checkToken() {
        if (situation
                .timeline()
                .failure()
                .filter(Failure.LoginRejected.class::isInstance)
                .isEmpty()) {
            found.addAll(TokenMismatches.warnings(situation));
        }
    }

    private void checkPlaintext(Facts.LoggedIn login) {
        String mechanism = login.mechanism().orElse("");
        if (!situation.tlsInForce() && PLAIN_MECHANISMS.contains(mechanism)) {
            add(Verdict.of(Cause.CLEARTEXT_LOGIN, 0.95)
                    .as(situation.onThisMachine() ? Severity.INFO : Severity.WARNING)
                    .at(Field.SECURITY)
                    .seen(Phase.LOGIN, "mechanism", mechanism));
        }
    }

    private void checkForced(Facts.LoggedIn login) {
        if (!(situation.endpoint().login() instanceof Login.Credentials credentials)
                || credentials.sasl().mechanisms().size() != 1) {
            return;
        }
        Optional.of(credentials.sasl().mechanisms().getFirst())
                .filter(name -> isSasl(name) && !offers(login.offered(), name))
                .ifPresent(name -> add(Verdict.of(Cause.AUTH_MECHANISM_MISMATCH, "unannounced", 0.9)
                        .as(Severity.WARNING)
                        .at(Field.MECHANISM)
                        .with("mechanism", name)
                        .seen(Phase.LOGIN, "mechanisms", LoginVerdicts.list(login.offered()))));
    }

    /** The commands outside SASL are announced by nobody. */
    private static boolean isSasl(String mechanism) {
        return !COMMANDS.contains(mechanism);
    }

    private static boolean offers(List<String> offered, String mechanism) {
        return offered.stream().anyMatch(Mechanisms.offeredAs(mechanism)::equalsIgnoreCase);
    }

    private void checkPipelining() {
        PipeliningState.of(situation.endpoint(), situation.timeline())
                .filter(state -> state.inForce() && !state.supported())
                .ifPresent(_ -> add(Verdict.of(Cause.PIPELINING_NOT_ANNOUNCED, 0.95)
                        .as(Severity.WARNING)
                        .at(Field.PIPELINING)));
    }

    private void checkVersion(TlsFacts tls) {
        if (situation.endpoint().tls().obsoleteVersions().isEmpty()) {
            return;
        }
        tls.version()
                .ifPresent(version ->
                        add(Verdict.of(Cause.TLS_SERVER_TOO_WEAK, isObsolete(version) ? "obsolete" : "unneeded", 0.95)
                                .as(Severity.WARNING)
                                .by(isObsolete(version) ? Actor.ADMIN : Actor.USER)
                                .at(Field.OBSOLETE_TLS)
                                .with("version", TlsVersion.spoken(version))
                                .seen(Phase.TLS, "offered", String.join(", ", tls.offered()))));
    }

    private static boolean isObsolete(String version) {
        return Arrays.stream(TlsVersion.values())
                .anyMatch(each -> each.isObsolete() && each.standardName().equals(version));
    }

    private void checkCertificates(TlsFacts tls) {
        if (tls.pinned() && !tls.problems().isEmpty()) {
            CertificateVerdicts.of(situation, tls.problems()).stream()
                    .findFirst()
                    .ifPresent(verdict -> add(pinned(verdict)));
        } else {
            checkExpiry(tls.certificates().getFirst());
            checkInterception(tls);
        }
        checkStrength(tls);
        checkRevocation(tls);
        checkUnasked(tls);
    }

    /** An organisation that inspects its own connections has its authority trusted, which nobody on them need know. */
    private void checkInterception(TlsFacts tls) {
        tls.built().stream()
                .map(CertificateFacts::issuer)
                .filter(CertificateVerdicts::isInterceptor)
                .findFirst()
                .ifPresent(issuer -> add(Verdict.of(Cause.TLS_INTERCEPTION, "trusted", 0.85)
                        .as(Severity.INFO)
                        .by(Actor.USER)
                        .with("issuer", issuer)
                        .seen(Phase.TLS, "issuer", issuer)));
    }

    /** Without an issuer that is believed there is nobody to ask, and settings that insist would seem to be met. */
    private void checkUnasked(TlsFacts tls) {
        if (situation.endpoint().tls().revocation() != RevocationPolicy.REQUIRE
                || !tls.revocations().isEmpty()) {
            return;
        }
        boolean pinned = !tls.problems().isEmpty();
        if (pinned || tls.built().size() == 1) {
            add(Verdict.of(Cause.CERT_STATUS_UNKNOWN, pinned ? "unaskedPinned" : "unaskedTrusted", 0.95)
                    .as(pinned ? Severity.WARNING : Severity.INFO)
                    .at(pinned ? Field.FINGERPRINTS : Field.TRUST)
                    .with("subject", tls.certificates().getFirst().subject()));
        }
    }

    private static Verdict pinned(Verdict problem) {
        Verdict remark = Verdict.of(problem.cause(), "pinned", problem.confidence())
                .as(problem.cause() == Cause.CERT_REVOKED ? Severity.WARNING : Severity.INFO)
                .at(Field.FINGERPRINTS);
        return new Verdict(
                remark.cause(),
                remark.variant(),
                remark.severity(),
                remark.confidence(),
                Actor.USER,
                remark.field(),
                problem.values(),
                problem.evidence());
    }

    private void checkExpiry(CertificateFacts certificate) {
        Instant end = certificate.notAfter();
        Duration left = Duration.between(situation.time(), end);
        if (!left.isNegative() && left.compareTo(SOON) <= 0) {
            add(Verdict.of(Cause.CERT_EXPIRED, "soon", 0.95)
                    .as(Severity.WARNING)
                    .with("date", CertificateVerdicts.day(end))
                    .with("days", left.toDays())
                    .seen(Phase.TLS, "notAfter", end));
        }
    }

    /** What settings that insist would have refused, and what others refuse (RFC 7633 §4.2.3.1). */
    private void checkRevocation(TlsFacts tls) {
        if (tls.stapleMissing()) {
            add(Verdict.of(Cause.CERT_STATUS_UNKNOWN, "stapleMissing", 0.9)
                    .as(Severity.WARNING)
                    .with("subject", tls.certificates().getFirst().subject()));
        }
        tls.revocations().stream()
                .filter(it -> it.status() == Revocation.Status.UNKNOWN)
                .findFirst()
                .filter(_ -> tls.problems().isEmpty())
                .ifPresent(it -> add(Verdict.of(Cause.CERT_STATUS_UNKNOWN, accepted(it.source()), 0.9)
                        .as(it.source() == Revocation.Source.NONE ? Severity.INFO : Severity.WARNING)
                        .at(Field.REVOCATION)
                        .with("subject", it.subject())
                        .seen(Phase.TLS, "status", CertificateVerdicts.status(it))));
    }

    private static String accepted(Revocation.Source source) {
        return switch (source) {
            case STAPLED -> "stapled";
            case NONE -> "acceptedAddressless";
            case OCSP, CRL -> "accepted";
        };
    }

    private void checkStrength(TlsFacts tls) {
        tls.certificates().stream()
                .filter(certificate -> !certificate.selfIssued())
                .filter(Remarks::isWeak)
                .findFirst()
                .ifPresent(certificate -> add(Verdict.of(Cause.CERT_TOO_WEAK, "accepted", 0.9)
                        .as(Severity.WARNING)
                        .with("subject", certificate.subject())
                        .seen(Phase.TLS, "strength", certificate.key() + ", " + certificate.signature())));
    }

    private static boolean isWeak(CertificateFacts certificate) {
        String signature = certificate.signature().toUpperCase(Locale.ROOT);
        return signature.startsWith("SHA1") || signature.startsWith("MD5") || hasSmallRsaKey(certificate.key());
    }

    private static boolean hasSmallRsaKey(String key) {
        String[] parts = key.split(" ", -1);
        return parts.length == 2
                && parts[0].equals("RSA")
                && parts[1].chars().allMatch(Character::isDigit)
                && Integer.parseInt(parts[1]) < SMALL_RSA_BITS;
    }

    private void checkAddresses() {
        situation.timeline().latest(Facts.Connected.class).ifPresent(connected -> {
            boolean four =
                    connected.address().filter(a -> !HostNames.isIpv6Literal(a)).isPresent();
            connected.tried().stream()
                    .filter(attempt -> attempt.error().isPresent() && !attempt.isGivenUp())
                    .filter(attempt -> HostNames.isIpv6Literal(attempt.address()))
                    .findFirst()
                    .filter(_ -> four)
                    .ifPresent(attempt -> add(Verdict.of(Cause.IPV6_UNREACHABLE, "fallback", 0.9)
                            .as(Severity.INFO)
                            .at(Field.ADDRESS_FAMILY)
                            .seen(
                                    Phase.CONNECT,
                                    "tried",
                                    attempt.address() + ": " + attempt.error().orElse(""))));
        });
    }

    /** With either form of TLS allowed, the first may fail and the second work. */
    private void checkAttempts() {
        if (situation.timeline().failure().isPresent() || !situation.tlsInForce() || !situation.attemptedStarttls()) {
            return;
        }
        situation.timeline().records().stream()
                .flatMap(record -> record.failure().stream())
                .findFirst()
                .ifPresent(failure -> add(Verdict.of(Cause.IMPLICIT_TLS_ON_STARTTLS_PORT, "worked", 0.9)
                        .as(Severity.INFO)
                        .at(Field.SECURITY)
                        .seen(failure.stage(), "firstAttempt", failure.stage().label())));
    }

    private void add(Verdict verdict) {
        found.add(verdict);
    }
}
