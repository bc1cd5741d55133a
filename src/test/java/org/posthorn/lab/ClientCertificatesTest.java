package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.ClientCertificate;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.timeline.TlsFacts;

/** A server that lets in only who shows a certificate. */
@WithLab
@ExtendWith(NothingLeft.class)
class ClientCertificatesTest {
    private final Lab lab;
    private final LabChecks checks;

    ClientCertificatesTest(Lab lab) {
        this.lab = lab;
        this.checks = new LabChecks(lab);
    }

    @AfterEach
    void endTheChecks() {
        checks.close();
    }

    private Endpoint endpoint(String port, TlsMode mode, String user, String password, String mechanism) {
        return checks.endpoint(lab.server("dovecot", "clientcert"), port, mode)
                .withLogin(LabChecks.password(user, password, mechanism));
    }

    private Endpoint showing(Endpoint endpoint) {
        ClientCertificate alice = new ClientCertificate(lab.certificate("alice"), Secret.of(""));
        return endpoint.withTls(endpoint.tls().withClientCertificate(Optional.of(alice)));
    }

    @ParameterizedTest
    @CsvSource({"imap, STARTTLS", "imaps, IMPLICIT", "pop3, STARTTLS", "pop3s, IMPLICIT"})
    void externalNeedsNothingButTheCertificate(String port, TlsMode mode) {
        CheckResult result = checks.run(showing(endpoint(port, mode, "alice", "", "EXTERNAL")));

        assertThat(result.outcome()).as(result.toString()).isEqualTo(CheckOutcome.READY);
        assertThat(result.timeline()
                        .latest(TlsFacts.class)
                        .orElseThrow()
                        .clientAuthentication()
                        .toString())
                .contains("alice", "Posthorn Lab Root");
    }

    @ParameterizedTest
    @CsvSource({"imap, STARTTLS", "pop3s, IMPLICIT"})
    void externalOfSomebodyElseIsRefused(String port, TlsMode mode) {
        CheckResult result = checks.run(showing(endpoint(port, mode, "bob", "", "EXTERNAL")));

        assertThat(LabChecks.end(result)).isEqualTo("LOGIN LoginRejected client-certificate-required");
    }

    @ParameterizedTest
    @CsvSource({"imap, STARTTLS, PLAIN", "imaps, IMPLICIT, IMAP-LOGIN", "pop3, STARTTLS, USER"})
    void aPasswordWithoutACertificateIsNotBlamed(String port, TlsMode mode, String mechanism) {
        CheckResult result = checks.run(endpoint(port, mode, "alice", "secret", mechanism));

        assertThat(LabChecks.end(result)).isEqualTo("LOGIN LoginRejected client-certificate-required");
    }
}
