package org.posthorn.desktop.viewmodel.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.posthorn.timeline.Phase;
import org.posthorn.wire.Direction;
import org.posthorn.wire.WireEvent;

class LogTextTest {

    @Test
    void tellsElapsedTimeInTheUnitThatFits() {
        assertThat(elapsed(400_000)).isEqualTo("+0 ms");
        assertThat(elapsed(24_000_000)).isEqualTo("+24 ms");
        assertThat(elapsed(1_230_000_000)).isEqualTo("+1.2 s");
        assertThat(elapsed(185_000_000_000L)).isEqualTo("+3 min");
    }

    @Test
    void showsControlCharactersAsPictures() {
        assertThat(LogText.shown("a\0b\u001b[31m\r\u007f")).isEqualTo("a\u2400b\u241b[31m\u240d\u2421");
    }

    @Test
    void cutsALineThatNoScreenHolds() {
        String shown = LogText.shown("x".repeat(LogText.SHOWN + 7));
        assertThat(shown).endsWith("x … 7 more characters");
    }

    private static String elapsed(long nanos) {
        return LogText.elapsed(event(1_000), event(1_000 + nanos));
    }

    private static WireEvent event(long nanos) {
        return new WireEvent(0, Instant.EPOCH, nanos, 1, Direction.CLIENT, Phase.LOGIN, "x");
    }
}
