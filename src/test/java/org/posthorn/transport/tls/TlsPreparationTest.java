package org.posthorn.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.posthorn.account.Field;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;

class TlsPreparationTest {
    @Test
    @DisplayName("supported_encryption: a requested version that cannot be offered is a problem before connecting")
    void aVersionThatJavaHasSwitchedOffIsAProblem() {
        assertThat(TlsPreparation.switchedOff(EnumSet.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3), List.of("TLSv1.3")))
                .hasValueSatisfying(problem -> {
                    assertThat(problem.field()).isEqualTo(Field.TLS_VERSIONS);
                    assertThat(problem.isError()).isTrue();
                    assertThat(problem.sentence())
                            .startsWith("TLS 1.2 is switched off in this Java")
                            .endsWith("choose another version.");
                });
        assertThat(TlsPreparation.switchedOff(EnumSet.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3), List.of()))
                .hasValueSatisfying(problem -> assertThat(problem.sentence()).startsWith("TLS 1.2 and 1.3 "));
    }

    @Test
    void whatJavaOffersIsNone() {
        assertThat(TlsPreparation.switchedOff(EnumSet.of(TlsVersion.TLS_1_3), List.of("TLSv1.2", "TLSv1.3")))
                .isEmpty();
        assertThat(TlsPreparation.problemsOfOffer(TlsSettings.defaults())).isEmpty();
    }
}
