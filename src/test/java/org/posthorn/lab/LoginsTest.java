package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.TlsMode;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.client.MailConnection;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.transport.Cancellation;

/** Every form of login that there is, with users and passwords of every kind, accepted and refused. */
@WithLab
@ExtendWith(NothingLeft.class)
class LoginsTest {
    private static final List<String> DOVECOTS =
            List.of("PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256");
    private static final Map<String, String> PASSWORDS = Map.of(
            "alice", "secret",
            "alice@mail.test", "secret",
            "spaces", "two  inner blanks",
            "quotes", "say \"hi\" \\ there",
            "umlauts", "Grüße €5");

    private final Lab lab;
    private final LabChecks checks;

    LoginsTest(Lab lab) {
        this.lab = lab;
        this.checks = new LabChecks(lab);
    }

    @AfterEach
    void endTheChecks() {
        checks.close();
    }

    static Stream<Arguments> forms() {
        return Stream.of(Service.values())
                .flatMap(service -> forms(service).stream().map(form -> arguments(service, form)));
    }

    /**
     * DIGEST-MD5's realm is part of the name, and only alice stands in the lab's file with it. Exim's NTLM takes each byte
     * of a password for a character, and so knows those of ASCII alone.
     */
    private static Map<String, String> users(String form) {
        return form.equals("DIGEST-MD5") || form.equals("NTLM-V1") ? Map.of("alice", "secret") : PASSWORDS;
    }

    private static List<String> forms(Service service) {
        return switch (service) {
            case DOVECOT_IMAP -> with("IMAP-LOGIN", DOVECOTS);
            case DOVECOT_POP3 -> with("USER", DOVECOTS);
            case EXIM -> List.of("PLAIN", "LOGIN", "CRAM-MD5", "NTLM-V1");
            case POSTFIX -> DOVECOTS;
        };
    }

    @ParameterizedTest
    @MethodSource("forms")
    void logsInAsEveryUser(Service service, String form) {
        Endpoint endpoint = checks.endpoint(service.in(lab), service.plainPort(), TlsMode.STARTTLS);

        users(form).forEach((user, password) -> {
            CheckResult result = checks.run(endpoint.withLogin(LabChecks.password(user, password, form)));

            assertThat(result.timeline().failure()).as(user).isEmpty();
            assertThat(result.timeline().latest(Facts.LoggedIn.class)).as(user).hasValueSatisfying(login -> {
                assertThat(login.accepted()).isTrue();
                assertThat(login.mechanism()).contains(form);
            });
            assertNoTrace(user, password);
        });
    }

    @ParameterizedTest
    @MethodSource("forms")
    void tellsAWrongPasswordAfterOneAttempt(Service service, String form) {
        String wrong = "Wr0ng \"Canary\"";
        Endpoint endpoint = checks.endpoint(service.in(lab), service.tlsPort(), TlsMode.IMPLICIT);

        CheckResult result = checks.run(endpoint.withLogin(LabChecks.password("alice", wrong, form)));

        assertThat(LabChecks.end(result)).isEqualTo("LOGIN LoginRejected wrong-credentials");
        assertThat(result.timeline().failure())
                .hasValueSatisfying(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(Failure.LoginRejected.class, rejected -> {
                            assertThat(rejected.mechanism()).isEqualTo(form);
                            assertThat(rejected.announced()).isTrue();
                        }));
        assertThat(checks.sent()).filteredOn(LabChecks::beginsALogin).hasSize(1);
        assertNoTrace("alice", wrong);
    }

    @ParameterizedTest
    @CsvSource({
        // server, port, security, user, password, mechanism, the end
        "dovecot, imap, NONE, carol, secret3, , LOGIN LoginRejected wrong-credentials",
        "dovecot, pop3, NONE, carol, secret3, , LOGIN LoginRejected wrong-credentials",
        "exim, smtp, NONE, carol, secret3, , LOGIN LoginRejected wrong-credentials",
        "postfix, smtp, NONE, carol, secret3, , LOGIN LoginRejected wrong-credentials",
        "dovecot, imap, STARTTLS, alice, secret, EXTERNAL, LOGIN LoginRejected client-certificate-required",
        "exim, smtp, NONE, alice, secret, NTLM, LOGIN LoginRejected wrong-credentials",
        "dovecot, imap, NONE, elsewhere, secret, , LOGIN LoginRejected wrong-credentials",
        "dovecot, imap, NONE, suspended, secret, , LOGIN LoginRejected security-policy-block",
        "dovecot, pop3, NONE, suspended, secret, , LOGIN LoginRejected security-policy-block",
        "dovecot@authdown, imap, NONE, alice, secret, , LOGIN LoginRejected server-side-failure",
        "dovecot@authdown, imap, NONE, alice, secret, IMAP-LOGIN, LOGIN LoginRejected server-side-failure",
        "dovecot@authdown, pop3, NONE, alice, secret, , LOGIN LoginRejected server-side-failure",
        "dovecot@authdown, pop3, NONE, alice, secret, USER, LOGIN LoginRejected server-side-failure",
        "exim@authdown, smtp, NONE, alice, secret, , LOGIN LoginRejected server-side-failure",
        "dovecot@tlsrequired, imap, NONE, alice, secret, , LOGIN LoginDisabled encryption-required",
        "dovecot@tlsrequired, imap, NONE, alice, secret, IMAP-LOGIN, LOGIN LoginDisabled encryption-required",
        "dovecot@tlsrequired, imap, NONE, alice, secret, PLAIN, LOGIN LoginRejected encryption-required",
        "dovecot@tlsrequired, pop3, NONE, alice, secret, , LOGIN AuthenticationNotOffered encryption-required",
        "dovecot@tlsrequired, pop3, NONE, alice, secret, PLAIN, LOGIN LoginRejected encryption-required",
        "dovecot@tlsrequired, pop3, NONE, alice, secret, USER, LOGIN LoginRejected encryption-required",
        "exim@tlsrequired, smtp, NONE, alice, secret, , LOGIN AuthenticationNotOffered encryption-required",
        "exim@tlsrequired, smtp, NONE, alice, secret, PLAIN, LOGIN LoginRejected encryption-required",
        "postfix@tlsrequired, smtp, NONE, alice, secret, , LOGIN AuthenticationNotOffered encryption-required",
        "postfix@tlsrequired, smtp, NONE, alice, secret, PLAIN, LOGIN LoginRejected encryption-required",
        "postfix, submission, NONE, alice, secret, , LOGIN AuthenticationNotOffered encryption-required",
        "exim@noauth, smtp, STARTTLS, alice, secret, , LOGIN AuthenticationNotOffered auth-not-offered",
        "exim@noauth, smtp, STARTTLS, alice, secret, PLAIN, LOGIN LoginRejected auth-not-offered",
        "postfix@noauth, smtp, STARTTLS, alice, secret, , LOGIN AuthenticationNotOffered auth-not-offered",
        "postfix@noauth, smtp, STARTTLS, alice, secret, PLAIN, LOGIN LoginRejected auth-not-offered",
        "dovecot@crammd5only, imap, NONE, alice, secret, PLAIN, LOGIN LoginRejected auth-mechanism-mismatch",
        "dovecot@crammd5only, pop3, NONE, alice, secret, USER, LOGIN LoginRejected auth-mechanism-mismatch",
        "dovecot, imap, NONE, alice, secret, SKEY, LOGIN MechanismUnusable auth-mechanism-mismatch",
    })
    void tellsWhyNobodyIsLoggedIn(
            String server,
            String port,
            TlsMode security,
            String user,
            String password,
            @Nullable String mechanism,
            String end) {
        Endpoint endpoint = checks.endpoint(lab.server(server), port, security)
                .withLogin(LabChecks.password(user, password, Optional.ofNullable(mechanism)));

        CheckResult result = checks.run(endpoint);

        assertThat(LabChecks.end(result)).isEqualTo(end);
        boolean rejected = result.timeline().failure().orElseThrow() instanceof Failure.LoginRejected;
        assertThat(checks.sent()).filteredOn(LabChecks::beginsALogin).hasSize(rejected ? 1 : 0);
        assertNoTrace(user, password);
    }

    @ParameterizedTest
    @CsvSource({"dovecot, imap", "dovecot, pop3", "exim, smtp", "postfix, smtp", "postfix, submission"})
    void logsInBehindTlsWhereItIsRequired(String server, String port) {
        CheckResult result = checks.run(checks.endpoint(lab.server(server + "@tlsrequired"), port, TlsMode.STARTTLS));

        assertThat(result.timeline().failure()).isEmpty();
        assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
    }

    /** It says LOGINDISABLED, which concerns passwords in the clear alone. */
    @ParameterizedTest
    @CsvSource({"NONE", "STARTTLS"})
    void takesTheOnlyMechanismThatIsOffered(TlsMode security) {
        CheckResult result = checks.run(checks.endpoint(lab.server("dovecot@crammd5only"), "imap", security));

        assertThat(result.timeline().failure()).isEmpty();
        assertThat(result.timeline().latest(Facts.LoggedIn.class).flatMap(Facts.LoggedIn::mechanism))
                .contains("CRAM-MD5");
    }

    @ParameterizedTest
    @CsvSource({"imap", "pop3"})
    void tellsAConnectionTooMany(String port) {
        Endpoint endpoint = checks.endpoint(lab.server("dovecot@limit"), port, TlsMode.NONE);
        List<MailConnection> held = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            held.add(checks.checks()
                    .connector()
                    .connect(endpoint, CheckOptions.complete(), new Cancellation(), _ -> {}));
        }
        try {
            assertThat(held).extracting(MailConnection::outcome).containsOnly(CheckOutcome.READY);
            assertThat(LabChecks.end(checks.run(endpoint))).isEqualTo("LOGIN LoginRejected too-many-connections");
        } finally {
            held.forEach(MailConnection::close);
        }
    }

    /** The password, alone and inside what the mechanisms make of it, in the log of everything that passed. */
    private void assertNoTrace(String user, String password) {
        String plain = "\0" + user + "\0" + password;
        if (password.equals("secret")) {
            // A word that stands elsewhere too.
            assertThat(checks.checks().logText()).doesNotContain(base64(plain), base64(password));
        } else {
            assertThat(checks.checks().logText()).doesNotContain(password, base64(plain), base64(password));
        }
    }

    private static List<String> with(String form, List<String> forms) {
        return Stream.concat(Stream.of(form), forms.stream()).toList();
    }

    private static String base64(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
