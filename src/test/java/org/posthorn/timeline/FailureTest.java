package org.posthorn.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailureTest {
    /** A component of that name would take its place in JSON. */
    @Test
    void isNamedByItsTypeWhateverItHolds() {
        List<Class<?>> failures = records(Failure.class).toList();

        assertThat(failures)
                .hasSizeGreaterThan(30)
                .allSatisfy(failure -> assertThat(failure.getRecordComponents())
                        .extracting(component -> component.getName())
                        .doesNotContain("kind"));
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(FailureTest::records);
    }
}
