package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.Transcript;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Outcome;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.TlsFacts;

/** Sessions of real servers, replayed: the same facts come out however the bytes are cut. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class TranscriptTest {
    static final List<Transcript> TRANSCRIPTS = Transcript.all();

    private final Checks checks = new Checks();

    @AfterEach
    void endTheTimer() {
        checks.close();
    }

    /** What a session came to, without what differs from run to run. */
    private record Told(String ends, List<Step> steps) {}

    private record Step(Phase phase, Outcome outcome, String facts) {}

    @ParameterizedTest
    @FieldSource("TRANSCRIPTS")
    void tellsTheSameHoweverTheBytesAreCut(Transcript transcript) throws Exception {
        Told whole = replay(transcript, Transcript.Cut.WHOLE);

        assertThat(whole.ends()).isEqualTo(transcript.ends());
        assertThat(replay(transcript, Transcript.Cut.LINE)).isEqualTo(whole);
        assertThat(replay(transcript, Transcript.Cut.BYTE)).isEqualTo(whole);
    }

    private Told replay(Transcript transcript, Transcript.Cut cut) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> transcript.play(peer, cut))) {
            CheckResult result = checks.run(transcript.endpoint(server));

            server.awaitScripts();
            assertThat(server.heard()).isEqualTo(transcript.client());
            return new Told(
                    result.timeline()
                            .failure()
                            .map(Failure::kind)
                            .orElse(result.outcome().name()),
                    result.timeline().records().stream()
                            .map(TranscriptTest::step)
                            .toList());
        }
    }

    private static Step step(PhaseRecord record) {
        String facts = switch (record.facts()) {
            case Facts.Connected _ -> "connected";
            case Facts.Live _ -> "live";
            case TlsFacts tls -> tls.version() + " " + tls.cipher() + " " + tls.problems();
            case Facts.None _,
                    Facts.Resolved _,
                    Facts.SystemProxy _,
                    Facts.ProxyResolved _,
                    Facts.Tunnelled _,
                    Facts.Greeted _,
                    Facts.Announced _,
                    Facts.StarttlsAnswer _,
                    Facts.TokenSought _,
                    Facts.LoggedIn _ -> record.facts().toString();
        };
        return new Step(record.phase(), record.outcome(), facts);
    }
}
