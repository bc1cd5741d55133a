package org.posthorn.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.timeline.ConnectionState.AUTHENTICATING;
import static org.posthorn.timeline.ConnectionState.BROKEN;
import static org.posthorn.timeline.ConnectionState.BUSY;
import static org.posthorn.timeline.ConnectionState.CLOSED;
import static org.posthorn.timeline.ConnectionState.CLOSING;
import static org.posthorn.timeline.ConnectionState.CONNECTED;
import static org.posthorn.timeline.ConnectionState.CONNECTING;
import static org.posthorn.timeline.ConnectionState.READY;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionStateTest {
    private static final Map<ConnectionState, Set<ConnectionState>> NEXT = Map.of(
            ConnectionState.CREATED,
            EnumSet.of(CONNECTING, CLOSED, BROKEN),
            CONNECTING,
            EnumSet.of(CONNECTED, CLOSING, BROKEN),
            CONNECTED,
            EnumSet.of(AUTHENTICATING, READY, CONNECTING, CLOSING, BROKEN),
            AUTHENTICATING,
            EnumSet.of(READY, CONNECTED, CLOSING, BROKEN),
            READY,
            EnumSet.of(BUSY, CLOSING, BROKEN),
            BUSY,
            EnumSet.of(READY, CLOSING, BROKEN),
            CLOSING,
            EnumSet.of(CLOSED, BROKEN),
            CLOSED,
            EnumSet.noneOf(ConnectionState.class),
            BROKEN,
            EnumSet.noneOf(ConnectionState.class));

    @ParameterizedTest
    @EnumSource
    @DisplayName("connection_state: becomes what the table of states says and nothing else")
    void becomesWhatTheTableSaysAndNothingElse(ConnectionState from) {
        Set<ConnectionState> allowed = EnumSet.allOf(ConnectionState.class);
        allowed.removeIf(to -> !from.mayBecome(to));

        assertThat(allowed).isEqualTo(NEXT.get(from));
    }

    @ParameterizedTest
    @EnumSource
    void isFinalOnlyWhenClosedOrBroken(ConnectionState state) {
        assertThat(state.isFinal()).isEqualTo(state == CLOSED || state == BROKEN);
    }
}
