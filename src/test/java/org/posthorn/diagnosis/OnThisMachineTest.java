package org.posthorn.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.TlsMode;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.Timeline;

/** TLS may be left out only towards a server that nothing leaves this machine for, which a proxy makes untrue. */
class OnThisMachineTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "127.0.0.1, -, -, true",
                "mail.example.org, -, -, false",
                "127.0.0.1, SOCKS5, -, false",
                "127.0.0.1, SYSTEM, -, true",
                "127.0.0.1, SYSTEM, http://proxy.example:3128, false"
            })
    void adviceToLeaveTlsOutIsGivenToLocalServersOnly(String host, ProxyKind kind, String ofSystem, boolean local) {
        for (Protocol protocol : Protocol.values()) {
            Endpoint endpoint = Endpoint.of(protocol, host)
                    .withSecurity(TlsMode.STARTTLS)
                    .withProxy(Optional.ofNullable(kind).map(it -> ProxySettings.of(it, "proxy.example")));
            Finding finding = Diagnosis.of(endpoint, before(ofSystem).failed(new Failure.StarttlsNotOffered(List.of())))
                    .getFirst();
            Finding plaintext = Diagnosis.of(endpoint, before(ofSystem).failed(new Failure.PlaintextNotAllowed()))
                    .getFirst();
            Timeline ready = before(ofSystem).loggedIn("PLAIN", "PLAIN").ready();

            assertThat(finding.remedy().contains("to None")).isEqualTo(local);
            assertThat(finding.remedy().startsWith("Something on the way may have removed"))
                    .isEqualTo(!local);
            assertThat(plaintext.remedy().startsWith("Something on the way may have removed"))
                    .isEqualTo(!local);
            assertThat(Diagnosis.of(endpoint, ready).getFirst().severity())
                    .isEqualTo(local ? Severity.INFO : Severity.WARNING);
        }
    }

    private static Timelines before(String ofSystem) {
        return new Timelines()
                .ok(Phase.RESOLVE, new Facts.SystemProxy("the variable x", Optional.ofNullable(ofSystem)))
                .announced(Facts.Stage.BEFORE_TLS, "X");
    }
}
