package org.posthorn.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.timeline.Phase;

/** The bytes of a connection in both directions, which can be played through a tap in pieces of any size. */
final class Conversation {
    /** What one side sent at once, each byte a character. */
    private record Turn(boolean client, String sent) {}

    private final Protocol protocol;
    private final SecretMask mask;
    private final List<Turn> turns = new ArrayList<>();

    Conversation(Protocol protocol, SecretMask mask) {
        this.protocol = protocol;
        this.mask = mask;
    }

    /**
     * Plays lines marked C and S, each with what the log shows of it behind an arrow, else as it is; dots are written as
     * stars of three.
     */
    static void shows(Protocol protocol, SecretMask mask, String... lines) {
        Conversation conversation = new Conversation(protocol, mask);
        List<String> expected = new ArrayList<>();
        for (String line : lines) {
            String[] sentAndShown = line.split(" => ", -1);
            String sent = sentAndShown[0];
            if (sent.startsWith("C ")) {
                conversation.client(sent.substring(2) + "\r\n");
            } else {
                conversation.server(sent.substring(2) + "\r\n");
            }
            String shown = sentAndShown.length > 1 ? sent.substring(0, 2) + sentAndShown[1] : sent;
            expected.add(shown.replace("***", Secret.DOTS));
        }
        assertThat(conversation.shown()).containsExactlyElementsOf(expected);
        conversation.isShownAlikeInAnyPieces();
    }

    Conversation client(String text) {
        return client(text.getBytes(UTF_8));
    }

    Conversation client(byte[] bytes) {
        turns.add(new Turn(true, new String(bytes, ISO_8859_1)));
        return this;
    }

    Conversation server(String text) {
        turns.add(new Turn(false, new String(text.getBytes(UTF_8), ISO_8859_1)));
        return this;
    }

    List<String> shown() {
        return play(Integer.MAX_VALUE, -1);
    }

    /** Byte by byte, and in two pieces cut at each place of the stream. */
    void isShownAlikeInAnyPieces() {
        List<String> whole = shown();
        assertThat(play(1, -1)).isEqualTo(whole);
        int size = turns.stream().mapToInt(turn -> turn.sent().length()).sum();
        for (int cut = 1; cut < size; cut++) {
            assertThat(play(Integer.MAX_VALUE, cut)).isEqualTo(whole);
        }
    }

    private List<String> play(int piece, int cut) {
        WireLog log = new WireLog(Clock.systemUTC(), 1000);
        LineTap tap = new LineTap(log, 1, Redactor.of(protocol, mask), () -> Phase.LOGIN);
        int before = 0;
        for (Turn turn : turns) {
            int inTurn = Math.clamp(cut - before, 0, turn.sent().length());
            feed(tap, turn.client(), turn.sent().substring(0, inTurn), piece);
            feed(tap, turn.client(), turn.sent().substring(inTurn), piece);
            before += turn.sent().length();
        }
        tap.flush();
        return log.from(0, 1000).stream()
                .map(event -> event.direction().mark() + " " + event.text())
                .toList();
    }

    private static void feed(LineTap tap, boolean client, String sent, int piece) {
        byte[] bytes = sent.getBytes(ISO_8859_1);
        for (int at = 0; at < bytes.length; at += Math.min(piece, bytes.length - at)) {
            int length = Math.min(piece, bytes.length - at);
            if (client) {
                tap.sent(bytes, at, length);
            } else {
                tap.received(bytes, at, length);
            }
        }
    }
}
