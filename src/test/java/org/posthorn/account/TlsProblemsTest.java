package org.posthorn.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** TLS settings that cannot be meant, and those that should be thought about. */
class TlsProblemsTest {
    private static final Set<TlsVersion> OLDEST = EnumSet.of(TlsVersion.TLS_1_0);
    private static final Set<TlsVersion> BOTH_OLD = EnumSet.of(TlsVersion.TLS_1_0, TlsVersion.TLS_1_1);

    @Test
    void offersNoObsoleteVersionUnlessAsked() {
        assertThat(TlsSettings.defaults().obsoleteVersions()).isEmpty();
        assertThat(problems(TlsSettings.defaults())).isEmpty();
    }

    @Test
    @DisplayName("set_supported_encryption_unsafe: warns as long as an obsolete version is offered")
    void warnsAsLongAsAnObsoleteVersionIsOffered() {
        TlsSettings both = TlsSettings.defaults().obsolete(BOTH_OLD);

        assertThat(both.currentVersions()).isEqualTo(TlsSettings.defaults().versions());
        assertThat(problems(both)).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(Field.OBSOLETE_TLS);
            assertThat(problem.isError()).isFalse();
            assertThat(problem.sentence()).startsWith("TLS 1.0 and 1.1 can be broken");
        });
        assertThat(problems(both.obsolete(Set.of()))).isEmpty();
    }

    @Test
    void refusesAVersionLeftOutBetweenOthersSinceItCannotBe() {
        assertThat(problems(TlsSettings.defaults().obsolete(OLDEST)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.isError()).isTrue();
                    assertThat(problem.sentence()).startsWith("TLS 1.1 lies between");
                });
        assertThat(problems(TlsSettings.defaults().current(Set.of()).obsolete(OLDEST)))
                .noneMatch(Problem::isError);
    }

    @Test
    void asksForOneVersionAtLeastWhereThereIsTls() {
        Endpoint none = endpoint(TlsSettings.defaults().withVersions(Set.of()));

        assertThat(none.problems()).extracting(Problem::field).containsExactly(Field.TLS_VERSIONS);
        assertThat(none.withSecurity(TlsMode.NONE).problems()).isEmpty();
    }

    private static List<Problem> problems(TlsSettings settings) {
        return endpoint(settings).problems();
    }

    private static Endpoint endpoint(TlsSettings settings) {
        return Endpoint.of(Protocol.IMAP, "mail.example.org").withTls(settings);
    }
}
