package org.posthorn.desktop.viewmodel.capabilities;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthorn.account.Pipelining;
import org.posthorn.account.Protocol;
import org.posthorn.client.PipeliningState;
import org.posthorn.desktop.viewmodel.capabilities.CapabilityRow.Change;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Facts.Stage;
import org.posthorn.timeline.Outcome;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.Timeline;

class CapabilitiesViewModelTest {
    private final CapabilitiesViewModel model = new CapabilitiesViewModel(new CapabilityRegistry());
    private final List<PhaseRecord> records = new ArrayList<>();

    @Test
    void showsEachCapabilityOnceInTheServersOrder() {
        announce(Stage.BEFORE_TLS, "IMAP4rev1", "STARTTLS", "LOGINDISABLED");
        announce(Stage.AFTER_TLS, "IMAP4rev1", "AUTH=PLAIN");
        announce(Stage.AFTER_LOGIN, "IMAP4rev1", "AUTH=PLAIN", "IDLE");

        assertThat(names()).containsExactly("IMAP4rev1", "STARTTLS", "LOGINDISABLED", "AUTH=PLAIN", "IDLE");
        assertThat(row("IMAP4rev1").stages())
                .containsExactlyInAnyOrder(Stage.BEFORE_TLS, Stage.AFTER_TLS, Stage.AFTER_LOGIN);
        assertThat(model.stagesProperty().get()).hasSize(3);
    }

    @Test
    void saysWhatChangesBetweenTheStages() {
        announce(Stage.BEFORE_TLS, "IMAP4rev1", "LOGINDISABLED");
        announce(Stage.AFTER_TLS, "IMAP4rev1", "AUTH=PLAIN", "LOGIN-REFERRALS");
        announce(Stage.AFTER_LOGIN, "IMAP4rev1", "AUTH=PLAIN", "IDLE");

        assertThat(row("IMAP4rev1").change()).isEqualTo(Change.NONE);
        assertThat(row("LOGINDISABLED").change()).isEqualTo(Change.GONE_AFTER_TLS);
        assertThat(row("AUTH=PLAIN").change()).isEqualTo(Change.NEW_AFTER_TLS);
        assertThat(row("LOGIN-REFERRALS").change()).isEqualTo(Change.GONE_AFTER_LOGIN);
        assertThat(row("IDLE").change()).isEqualTo(Change.NEW_AFTER_LOGIN);
    }

    @Test
    void oneStageAloneHasNoChanges() {
        announce(Stage.AFTER_TLS, "IMAP4rev1", "IDLE");

        assertThat(model.rows()).allMatch(row -> row.change() == Change.NONE);
    }

    @Test
    void showsAnUnknownCapabilityAsItCame() {
        announce(Stage.AFTER_TLS, "XYZZY=Foo bar");

        assertThat(row("XYZZY=Foo bar").isKnown()).isFalse();
        assertThat(row("XYZZY=Foo bar").rfc()).isEmpty();
    }

    @Test
    void filtersByNameMeaningAndRfc() {
        announce(Stage.AFTER_TLS, "IMAP4rev1", "IDLE", "MOVE");

        model.filterProperty().set("new mail");
        assertThat(names()).containsExactly("IDLE");
        model.filterProperty().set("6851");
        assertThat(names()).containsExactly("MOVE");
        model.filterProperty().set(" imap4 ");
        assertThat(names()).containsExactly("IMAP4rev1");
        assertThat(model.allRows()).hasSize(3);
    }

    @Test
    void copiesWhatIsShownInColumns() {
        announce(Stage.BEFORE_TLS, "STARTTLS");
        announce(Stage.AFTER_TLS, "IDLE");

        assertThat(model.copyText()).isEqualTo("""
            STARTTLS\tbefore TLS\t–\tPlaintext can be turned into TLS\tRFC 9051
            IDLE\t–\tafter TLS\tThe server reports new mail at once, without being asked again\tRFC 2177
            """);
    }

    @Test
    void forgetsTheCapabilitiesOfTheTestBefore() {
        announce(Stage.AFTER_TLS, "IDLE");

        model.show(Protocol.IMAP, Timeline.empty(2));

        assertThat(model.rows()).isEmpty();
        assertThat(model.stagesProperty().get()).isEmpty();
    }

    private void announce(Stage stage, String... capabilities) {
        Facts facts = new Facts.Announced(stage, List.of(capabilities), true);
        records.add(new PhaseRecord(
                Phase.CAPABILITIES, 1, Instant.EPOCH, Duration.ZERO, Outcome.OK, facts, Optional.empty()));
        model.show(Protocol.IMAP, new Timeline(1, ConnectionState.CONNECTED, records, Optional.empty()));
    }

    private CapabilityRow row(String name) {
        return model.allRows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> names() {
        return model.rows().stream().map(CapabilityRow::name).toList();
    }

    @Test
    void tellsWhetherPipeliningIsSupportedAndInForce() {
        var model = new CapabilitiesViewModel(new CapabilityRegistry());

        model.show(Optional.of(new PipeliningState(Pipelining.ON, false)));
        assertThat(model.pipeliningProperty().get()).isEqualTo("Pipelining not announced, in force");
        model.show(Optional.of(new PipeliningState(Pipelining.OFF, true)));
        assertThat(model.pipeliningProperty().get()).isEqualTo("Pipelining supported, not in force");
        model.show(Optional.empty());
        assertThat(model.pipeliningProperty().get()).isEmpty();
    }
}
