package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.LoginAnswer;
import org.posthorn.timeline.Outcome;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.Timeline;

class LoginGuardTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Endpoint IMAP = endpoint(Protocol.IMAP, "mail.example.org", "alice");
    private static final LoginAnswer NO = refusal(OptionalInt.empty(), Optional.of("AUTHENTICATIONFAILED"));

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final InstantSource source = now::get;
    private final LoginGuard guard = new LoginGuard(source.withZone(ZoneOffset.UTC));

    private static Endpoint endpoint(Protocol protocol, String host, String user) {
        return Endpoint.of(protocol, host).withLogin(Login.password(user, Secret.of("secret")));
    }

    private static LoginAnswer refusal(OptionalInt status, Optional<String> code) {
        return new LoginAnswer.Rejected("no", status, code, Optional.empty(), LoginAnswer.Offer.OFFERED);
    }

    private void hear(Endpoint endpoint, LoginAnswer answer) {
        Facts facts = new Facts.LoggedIn(Optional.of("PLAIN"), "alice", List.of("PLAIN"), Optional.of(answer));
        PhaseRecord record =
                new PhaseRecord(Phase.LOGIN, 1, NOON, Duration.ZERO, Outcome.FAILED, facts, Optional.empty());
        guard.heard(endpoint, new Timeline(1, ConnectionState.BROKEN, List.of(record), Optional.empty()));
    }

    private void after(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Test
    void warnsAfterTheThirdRefusalUntilTheFirstIsLongAgo() {
        hear(IMAP, NO);
        after(Duration.ofMinutes(1));
        hear(IMAP, NO);
        assertThat(guard.caution(IMAP)).isEmpty();
        after(Duration.ofMinutes(1));
        hear(IMAP, NO);

        assertThat(guard.caution(IMAP)).contains(new LoginGuard.Caution(3, NOON.plus(LoginGuard.WINDOW)));
        after(Duration.ofMinutes(8));
        assertThat(guard.caution(IMAP)).isEmpty();
    }

    /** A server that knows the mechanism not, or wants TLS first, has looked at no password. */
    @ParameterizedTest
    @CsvSource({
        "504, '', NOT_OFFERED, 0",
        "503, '', OFFERED, 0",
        "538, '', OFFERED, 0",
        "0, PRIVACYREQUIRED, OFFERED, 0",
        "0, CANNOT, OFFERED, 0",
        "0, '', NOT_OFFERED, 0",
        "0, '', OFFERED, 1",
        "0, '', NO_LIST, 1",
        "0, AUTHENTICATIONFAILED, NOT_OFFERED, 1",
        "535, '', NOT_OFFERED, 1"
    })
    void countsOnlyWhatMayBeAWrongPassword(int status, String code, LoginAnswer.Offer offer, int counted) {
        hear(
                IMAP,
                new LoginAnswer.Rejected(
                        "no",
                        status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
                        Optional.of(code).filter(some -> !some.isEmpty()),
                        Optional.empty(),
                        offer));

        assertThat(guard.refusals(IMAP)).isEqualTo(counted);
    }

    @Test
    void countsTheUserOfTheOperatingSystemToo() {
        Endpoint kerberos = Endpoint.of(Protocol.IMAP, "mail.example.org").withLogin(Login.currentUser());
        hear(kerberos, NO);

        assertThat(guard.refusals(kerberos)).isEqualTo(1);
        assertThat(guard.refusals(IMAP)).isZero();
    }

    @Test
    void countsAllProtocolsOfAHostForOneUser() {
        hear(IMAP, NO);
        hear(endpoint(Protocol.SMTP, "MAIL.example.org", "alice"), NO);
        hear(endpoint(Protocol.POP3, "mail.example.org", "alice"), NO);

        assertThat(guard.caution(IMAP)).isPresent();
        assertThat(guard.caution(endpoint(Protocol.IMAP, "mail.example.org", "bob")))
                .isEmpty();
        assertThat(guard.caution(endpoint(Protocol.IMAP, "other.example.org", "alice")))
                .isEmpty();
    }

    @Test
    void forgetsTheRefusalsWithAnAcceptance() {
        hear(IMAP, NO);
        hear(IMAP, NO);
        hear(IMAP, new LoginAnswer.Accepted("ok", OptionalInt.empty()));
        hear(IMAP, NO);

        assertThat(guard.caution(IMAP)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"454, ", ", UNAVAILABLE", ", LIMIT"})
    void countsNoTroubleOfTheServers(Integer status, String code) {
        LoginAnswer trouble =
                refusal(status == null ? OptionalInt.empty() : OptionalInt.of(status), Optional.ofNullable(code));
        for (int i = 0; i < 5; i++) {
            hear(IMAP, trouble);
        }

        assertThat(guard.caution(IMAP)).isEmpty();
    }

    @Test
    void hasNothingToSayOfALoginWithoutAName() {
        Endpoint relay = IMAP.withLogin(Login.none());
        hear(relay, NO);

        assertThat(guard.caution(relay)).isEmpty();
        assertThat(new LoginGuard(Clock.systemUTC()).caution(IMAP)).isEmpty();
    }
}
