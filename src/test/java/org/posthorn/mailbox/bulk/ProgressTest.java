package org.posthorn.mailbox.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.posthorn.timeline.Failure;

class ProgressTest {
    private static final Failure LIMIT = new Failure.GreetingRefused("* BYE [LIMIT] too many");

    /** Two connections that are refused together tell of it in either order. */
    @Test
    void aLimitIsToldOnceWhicheverConnectionTellsFirst() {
        Notice.Lowered second = new Notice.Lowered(7, 6, LIMIT);
        Notice.Lowered first = new Notice.Lowered(8, 7, LIMIT);

        Progress inOrder = Progress.with(8).lowered(first).lowered(second);
        Progress reversed = Progress.with(8).lowered(second).lowered(first);

        assertThat(reversed).isEqualTo(inOrder);
        assertThat(reversed.notices()).containsExactly(new Notice.Lowered(8, 6, LIMIT));
        assertThat(reversed.connections()).isEqualTo(6);
    }
}
