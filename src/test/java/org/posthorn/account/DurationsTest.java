package org.posthorn.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationsTest {

    @Test
    void readsAWholeNumberWithItsUnit() {
        assertThat(Durations.parse("500ms")).contains(Duration.ofMillis(500));
        assertThat(Durations.parse(" 10 S ")).contains(Duration.ofSeconds(10));
        assertThat(Durations.parse("2m")).contains(Duration.ofMinutes(2));
        assertThat(Durations.parse("1h")).contains(Duration.ofHours(1));
        assertThat(Durations.parse("0s")).contains(Duration.ZERO);
    }

    @Test
    void readsNothingElse() {
        for (String typed : new String[] {"", "10", "s", "-1s", "1.5s", "10 seconds", "1m30s", "9999999999s", "１s"}) {
            assertThat(Durations.parse(typed)).as(typed).isEmpty();
        }
    }

    @Test
    void writesTheUnitThatAPersonWouldChoose() {
        assertThat(Durations.format(Duration.ofMillis(500))).isEqualTo("500ms");
        assertThat(Durations.format(Duration.ofMillis(1500))).isEqualTo("1500ms");
        assertThat(Durations.format(Duration.ofSeconds(60))).isEqualTo("60s");
        assertThat(Durations.format(Duration.ofSeconds(90))).isEqualTo("90s");
        assertThat(Durations.format(Duration.ofMinutes(2))).isEqualTo("2m");
        assertThat(Durations.format(Duration.ofMinutes(90))).isEqualTo("90m");
        assertThat(Durations.format(Duration.ofHours(24))).isEqualTo("24h");
        assertThat(Durations.format(Duration.ZERO)).isEqualTo("0s");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        for (long millis = 0; millis < 100_000_000; millis += 999_983) {
            Duration duration = Duration.ofMillis(millis);

            assertThat(Durations.parse(Durations.format(duration))).contains(duration);
        }
    }
}
