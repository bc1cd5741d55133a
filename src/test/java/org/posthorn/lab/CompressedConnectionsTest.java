package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Compression;
import org.posthorn.account.Endpoint;
import org.posthorn.account.TlsMode;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.WithLab;
import org.posthorn.timeline.Facts;

/** COMPRESS=DEFLATE with Dovecot, under TLS and without. */
@WithLab
@ExtendWith(NothingLeft.class)
class CompressedConnectionsTest {
    private final Lab lab;
    private final LabChecks checks;

    CompressedConnectionsTest(Lab lab) {
        this.lab = lab;
        this.checks = new LabChecks(lab);
    }

    @AfterEach
    void endTheChecks() {
        checks.close();
    }

    @ParameterizedTest
    @CsvSource({"imaps, IMPLICIT", "imap, STARTTLS", "imap, NONE"})
    void goesOnCompressedUpToTheFarewell(String port, TlsMode security) {
        Endpoint endpoint = checks.endpoint(lab.server("dovecot", "compress"), port, security)
                .withAllowPlaintext(true);

        CheckResult result =
                checks.run(endpoint.withConnections(endpoint.connections().withCompression(Compression.ON)));

        assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
        assertThat(result.timeline().latest(Facts.Live.class))
                .hasValueSatisfying(live -> assertThat(live.compressed()).isTrue());
        assertThat(checks.checks().logText())
                .containsSubsequence("COMPRESS DEFLATE", " OK ", "NOOP", " OK ", "LOGOUT", "* BYE");
    }
}
