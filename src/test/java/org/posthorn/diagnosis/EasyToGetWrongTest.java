package org.posthorn.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.Trust;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.Session;
import org.posthorn.timeline.TlsFacts;

/** What is said of a session in which a person insisted and the server, or the certificate, did not agree. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class EasyToGetWrongTest {
    private static final Login ALICE = Login.password("alice", Secret.of("s3cret!"));

    private final Checks checks = new Checks();

    @AfterEach
    void close() {
        checks.close();
    }

    private static List<Finding> findings(CheckResult result) {
        return Diagnosis.of(result.endpoint(), result.timeline());
    }

    @Test
    void warnsOfAForcedMechanismThatIsAcceptedThoughTheServerDidNotOfferIt() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 AUTH=CRAM-MD5] ready");
            peer.answer("+ ");
            peer.hear();
            peer.say("a1 OK [CAPABILITY IMAP4rev1] in");
            peer.answer("TAG OK");
            peer.answer("* BYE bye", "TAG OK");
        })) {
            CheckResult result = checks.run(Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE)
                    .withLogin(new Login.Password("alice", Secret.of("s3cret!"), SaslSettings.of("PLAIN"))));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(findings(result)).anySatisfy(finding -> {
                assertThat(finding.cause()).isEqualTo(Cause.AUTH_MECHANISM_MISMATCH);
                assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            });
        }
    }

    @Test
    void saysThatACommonNameAloneDoesNotCountAndBelievesThePinAllTheSame() throws Exception {
        var context = Certificates.authority().leaf("127.0.0.1").names().issue().serverContext();
        try (ScriptedServer server = ScriptedServer.secured(context, Session.plain(Protocol.IMAP)::serve)) {
            Endpoint endpoint =
                    Checks.endpoint(Protocol.IMAP, server, TlsMode.IMPLICIT).withLogin(ALICE);
            CheckResult refused = checks.run(endpoint);
            TlsFacts facts = refused.timeline().latest(TlsFacts.class).orElseThrow();
            Trust pin = Trust.builtIn()
                    .withFingerprints(Set.of(facts.certificates().getFirst().sha256()));

            CheckResult pinned =
                    checks.run(endpoint.withTls(TlsSettings.defaults().withTrust(pin)));

            assertThat(findings(refused).getFirst().cause()).isEqualTo(Cause.CERT_NAME_MISMATCH);
            assertThat(findings(refused).getFirst().admin()).contains("no subjectAltName", "does not count");
            assertThat(pinned.outcome()).isEqualTo(CheckOutcome.READY);
        }
    }
}
