package org.posthorn.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.testkit.Checks.failure;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;

/** Logins by access token where Dovecot checks the token itself, for IMAP and POP3 and behind Postfix. */
@WithLab
@ExtendWith(NothingLeft.class)
class AccessTokensTest {
    private static final String KEY = "posthorn-lab-token-key-of-32-bytes";
    private static final Duration HOUR = Duration.ofHours(1);

    private final Lab lab;
    private final LabChecks checks;

    AccessTokensTest(Lab lab) {
        this.lab = lab;
        this.checks = new LabChecks(lab);
    }

    @AfterEach
    void endTheChecks() {
        checks.close();
    }

    @ParameterizedTest
    @CsvSource({
        "dovecot, imap, XOAUTH2, 0",
        "dovecot, imap, OAUTHBEARER, 0",
        "dovecot, pop3, XOAUTH2, 0",
        "dovecot, pop3, OAUTHBEARER, 0",
        "postfix, smtp, XOAUTH2, 0",
        "postfix, smtp, OAUTHBEARER, 0",
        "dovecot, imap, XOAUTH2, 2000",
        "dovecot, pop3, OAUTHBEARER, 2000",
        "postfix, smtp, XOAUTH2, 2000"
    })
    void logsIn(String server, String port, String mechanism, int more) throws Exception {
        CheckResult result = check(server, port, mechanism, "alice", token("alice", "mail " + "x".repeat(more), HOUR));

        assertThat(result.timeline().failure()).isEmpty();
        assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
        assertThat(result.timeline().latest(Facts.LoggedIn.class).flatMap(Facts.LoggedIn::mechanism))
                .contains(mechanism);
    }

    @ParameterizedTest
    @CsvSource({
        "dovecot, imap, XOAUTH2, alice, PT-1H, mail",
        "dovecot, imap, OAUTHBEARER, alice, PT-1H, mail",
        "dovecot, pop3, OAUTHBEARER, alice, PT-1H, mail",
        "postfix, smtp, XOAUTH2, alice, PT-1H, mail",
        "dovecot, imap, XOAUTH2, bob, PT1H, mail",
        "dovecot, imap, OAUTHBEARER, alice, PT1H, calendar"
    })
    void keepsTheServersReason(String server, String port, String mechanism, String user, Duration left, String scope)
            throws Exception {
        CheckResult result = check(server, port, mechanism, user, token("alice", scope, left));

        assertThat(failure(result)).isInstanceOfSatisfying(Failure.LoginRejected.class, rejected -> {
            assertThat(rejected.mechanism()).isEqualTo(mechanism);
            assertThat(rejected.saslError())
                    .hasValueSatisfying(
                            reason -> assertThat(reason).startsWith("{").contains("status"));
        });
        assertThat(LabChecks.end(result)).startsWith("LOGIN LoginRejected oauth-");
        assertThat(checks.sent()).filteredOn(LabChecks::beginsALogin).hasSize(1);
    }

    private CheckResult check(String server, String port, String mechanism, String user, String token) {
        Endpoint endpoint = checks.endpoint(lab.server(server), port, TlsMode.STARTTLS);
        return checks.run(
                endpoint.withLogin(new Login.AccessToken(user, Secret.of(token), SaslSettings.of(mechanism))));
    }

    private static String token(String user, String scope, Duration left) throws Exception {
        String head = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
        Instant end = Instant.now().plus(left);
        String claims = "{\"sub\":\"" + user + "\",\"scope\":\"" + scope + "\",\"iat\":"
                + end.minus(Duration.ofHours(2)).getEpochSecond() + ",\"exp\":" + end.getEpochSecond() + "}";
        String signed = base64(head.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(UTF_8), "HmacSHA256"));
        return signed + "." + base64(mac.doFinal(signed.getBytes(UTF_8)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
