package org.posthorn.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.timeline.Phase;

class LineTapTest {
    private final WireLog log = new WireLog(Clock.systemUTC(), 1000);
    private Phase phase = Phase.GREETING;
    private final LineTap tap =
            new LineTap(log, 3, Redactor.of(Protocol.IMAP, new SecretMask(List.of(Secret.of("geheim")))), () -> phase);

    @Test
    void splitsLinesAtEachKindOfEnd() {
        received("one\r\ntwo\nthr\ree\r\n\r\nfour");

        assertThat(lines()).containsExactly("S one", "S two", "S thr\\ree", "S ");
        tap.flush();
        tap.flush();
        assertThat(lines()).last().isEqualTo("S four");
        assertThat(log.nextSequence()).isEqualTo(5);
    }

    @Test
    void keepsTheOrderOfTheCalls() {
        sent("a1 NO");
        received("* OK\r\n");
        sent("OP\r\n");
        received("a1 OK\r\n");

        assertThat(lines()).containsExactly("S * OK", "C a1 NOOP", "S a1 OK");
    }

    @Test
    void marksLinesWithConnectionAndPhase() {
        received("* OK\r\n");
        phase = Phase.LOGIN;
        tap.note("Logging in");

        assertThat(log.from(0, 9))
                .extracting(WireEvent::connection, WireEvent::direction, WireEvent::phase, WireEvent::text)
                .containsExactly(
                        tuple(3, Direction.SERVER, Phase.GREETING, "* OK"),
                        tuple(3, Direction.STATE, Phase.LOGIN, "Logging in"));
    }

    @Test
    void masksNotes() {
        tap.note("refused geheim\nagain");

        assertThat(lines()).containsExactly("• refused ••••••\\nagain");
    }

    @Test
    void readsOnlyThePartOfTheArrayItIsGiven() {
        byte[] bytes = "xx* OK\r\nyy".getBytes(UTF_8);
        tap.received(bytes, 2, 6);

        assertThat(lines()).containsExactly("S * OK");
    }

    @Test
    void cutsALineThatIsTooLongToBeKept() {
        String flood = "x".repeat(1000);
        for (int i = 0; i < 1000; i++) {
            received(flood);
        }
        received("\r\n* OK\r\n");

        assertThat(lines()).containsExactly("S " + "x".repeat(64 * 1024) + " … (1000002 bytes)", "S * OK");
    }

    @Test
    void showsALongLineThatFitsWhole() {
        String text = "x".repeat(LineSplitter.MOST_KEPT - 2);
        received(text + "\r\n");

        assertThat(lines()).containsExactly("S " + text);
    }

    @Test
    void hidesASecretThatStandsWhereALineIsCut() {
        for (int before = 64 * 1024 - 6; before <= 64 * 1024; before++) {
            received("-".repeat(before) + "geheim" + "-".repeat(LineSplitter.MOST_KEPT) + "\r\n");
        }

        assertThat(lines()).hasSize(7).noneMatch(line -> line.matches("(?s).*-(g|ge|geh|gehe|gehei|geheim)\\b.*"));
    }

    @Test
    void findsTheLiteralBehindALineThatIsCut() {
        sent("a1 APPEND \"" + "x".repeat(200_000) + "\" {24+}\r\na2 LOGIN alice geheim?!\r\n\r\na3 NOOP\r\n");

        assertThat(lines().subList(1, 4)).containsExactly("C a2 LOGIN alice ••••••?!", "C ", "C a3 NOOP");
    }

    private void sent(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        tap.sent(bytes, 0, bytes.length);
    }

    private void received(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        tap.received(bytes, 0, bytes.length);
    }

    private List<String> lines() {
        return log.from(0, 1000).stream()
                .map(event -> event.direction().mark() + " " + event.text())
                .toList();
    }
}
