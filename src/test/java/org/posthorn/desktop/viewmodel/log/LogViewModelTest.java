package org.posthorn.desktop.viewmodel.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.timeline.Phase;
import org.posthorn.wire.Direction;
import org.posthorn.wire.WireEvent;
import org.posthorn.wire.WireLog;

class LogViewModelTest {
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-23T10:41:07.213Z"), ZoneOffset.UTC);
    private final WireLog log = new WireLog(clock, 100);
    private final LogViewModel model = new LogViewModel(log, new LogText(ZoneOffset.UTC), Runnable::run, Runnable::run);

    @Test
    void showsNewLinesAtTheNextRefresh() {
        server("* OK ready");
        assertThat(model.linesProperty().get()).isZero();
        assertThat(model.refresh()).isTrue();
        assertThat(shown()).containsExactly("* OK ready");
        assertThat(model.refresh()).isFalse();
    }

    @Test
    void showsOnlyTheChosenDirections() {
        conversation();
        model.filters().directions().remove(Direction.SERVER);
        assertThat(shown()).containsExactly("a1 CAPABILITY", "a2 LOGOUT");
        client("a3 NOOP");
        server("a3 OK");
        model.refresh();
        assertThat(shown()).containsExactly("a1 CAPABILITY", "a2 LOGOUT", "a3 NOOP");
        model.filters().directions().add(Direction.SERVER);
        assertThat(model.linesProperty().get()).isEqualTo(6);
    }

    @Test
    void keepsItsRowsWhilePausedAndLosesNothing() {
        conversation();
        model.pausedProperty().set(true);
        server("* late");
        model.refresh();
        assertThat(shown()).doesNotContain("* late");
        assertThat(model.waitingProperty().get()).isEqualTo(1);
        model.pausedProperty().set(false);
        assertThat(shown()).contains("* late");
        assertThat(model.waitingProperty().get()).isZero();
    }

    @Test
    void followsTheTailUntilSomebodyScrollsUp() {
        model.viewport().fit(3);
        lines(10);
        assertThat(model.viewport().top()).isEqualTo(7);
        model.viewport().scrollBy(-2);
        lines(5);
        assertThat(model.viewport().top()).isEqualTo(5);
        assertThat(model.viewport().followProperty().get()).isFalse();
    }

    @Test
    void followsAgainAtTheLowerEnd() {
        model.viewport().fit(3);
        lines(10);
        model.viewport().scrollBy(-2);
        model.viewport().scrollBy(50);
        lines(5);
        assertThat(model.viewport().top()).isEqualTo(12);
    }

    @Test
    void staysWithALineWhenOlderOnesLeaveTheLog() {
        model.viewport().fit(3);
        lines(100);
        model.viewport().scrollTo(50);
        lines(30);
        assertThat(model.rows((long) model.viewport().top(), 1).getFirst().text())
                .isEqualTo("line 50");
        lines(40);
        assertThat(model.viewport().top()).isEqualTo(model.viewport().lowestTop());
    }

    @Test
    void keepsAFilteredLineInPlaceWhenOlderOnesLeaveTheLog() {
        model.filters().directions().remove(Direction.CLIENT);
        lines(100);
        lines(30);
        assertThat(model.firstRow()).isEqualTo(30);
        assertThat(model.rows(30, 1).getFirst().text()).isEqualTo("line 30");
    }

    @Test
    void findsWithoutRegardToCaseAndGoesRound() {
        conversation();
        model.find().queryProperty().set("CAPABILITY");
        model.refresh();
        assertThat(model.find().matchesProperty().get()).isEqualTo(2);
        model.findNext();
        assertThat(selected()).containsExactly("a1 CAPABILITY");
        model.findNext();
        assertThat(selected()).containsExactly("* Capability IMAP4rev1");
        model.findNext();
        assertThat(selected()).containsExactly("a1 CAPABILITY");
        model.findPrevious();
        assertThat(selected()).containsExactly("* Capability IMAP4rev1");
    }

    @Test
    void findsOnlyInTheLinesShown() {
        conversation();
        model.filters().directions().remove(Direction.CLIENT);
        model.find().queryProperty().set("capability");
        model.refresh();
        assertThat(model.find().matchesProperty().get()).isEqualTo(1);
    }

    @Test
    void findsInLinesThatComeLater() {
        model.find().queryProperty().set("bye");
        server("* BYE");
        model.refresh();
        assertThat(model.find().matchesProperty().get()).isEqualTo(1);
    }

    @Test
    void extendsTheSelectionFromItsAnchor() {
        conversation();
        model.moveCaretTo(1, false);
        model.moveCaret(2, true);
        model.moveCaret(-1, true);
        assertThat(selected()).containsExactly("a1 CAPABILITY", "* Capability IMAP4rev1");
    }

    @Test
    void copiesTheShownLinesOfTheSelection() {
        conversation();
        model.filters().directions().remove(Direction.SERVER);
        model.selectAll();
        assertThat(model.selectedText()).isEqualTo("10:41:07.213  C  a1 CAPABILITY\n10:41:07.213  C  a2 LOGOUT\n");
    }

    @Test
    void selectsTheLastRunOfAPhase() {
        log.append(1, Direction.SERVER, Phase.CAPABILITIES, "first");
        log.append(1, Direction.SERVER, Phase.LOGIN, "no");
        log.append(1, Direction.CLIENT, Phase.CAPABILITIES, "second");
        log.append(2, Direction.SERVER, Phase.LOGIN, "another connection");
        log.append(1, Direction.SERVER, Phase.CAPABILITIES, "third");
        log.append(1, Direction.STATE, Phase.READY, "ready");
        model.refresh();
        model.selectPhase(1, Phase.CAPABILITIES);
        assertThat(model.selection().first()).isEqualTo(2);
        assertThat(model.selection().last()).isEqualTo(4);
        assertThat(model.noticeProperty().get()).isEmpty();
    }

    @Test
    void saysWhenAPhaseHasNoLine() {
        conversation();
        model.selectPhase(1, Phase.TUNNEL);
        assertThat(model.noticeProperty().get()).isEqualTo("No line of the log belongs to “Tunnel”.");
    }

    @Test
    void marksTheServersLastWordOfAFailedPhase() {
        log.append(1, Direction.CLIENT, Phase.LOGIN, "a2 LOGIN");
        log.append(1, Direction.SERVER, Phase.LOGIN, "a2 NO");
        log.append(1, Direction.STATE, Phase.LOGIN, "broken");
        model.refresh();
        model.markFailure(1, Phase.LOGIN);
        assertThat(model.isMarked(1)).isTrue();
        assertThat(model.isMarked(2)).isFalse();
    }

    @Test
    void savesTheLinesThatAreShown(@TempDir Path folder) throws IOException {
        conversation();
        model.filters().directions().remove(Direction.SERVER);
        model.save(folder.resolve("posthorn.log"));
        assertThat(Files.readString(folder.resolve("posthorn.log")))
                .isEqualTo("10:41:07.213  C  a1 CAPABILITY\n10:41:07.213  C  a2 LOGOUT\n");
        assertThat(model.noticeProperty().get()).isEqualTo("2 lines saved to posthorn.log.");
    }

    @Test
    void saysWhenTheFileCannotBeWritten(@TempDir Path folder) {
        conversation();
        model.save(folder);
        assertThat(model.noticeProperty().get()).endsWith("cannot be written; choose another place for the log.");
    }

    @Test
    void showsAnotherLogFromItsEnd() {
        conversation();
        model.selectAll();
        WireLog other = new WireLog(clock, 10);
        other.append(1, Direction.CLIENT, Phase.READY, "a9 NOOP");
        model.show(other);
        assertThat(shown()).containsExactly("a9 NOOP");
        assertThat(model.selection().isEmpty()).isTrue();
    }

    @Test
    void showsOnlyOneConnection() {
        conversation();
        log.append(2, Direction.SERVER, Phase.GREETING, "* OK again");
        model.refresh();
        assertThat(model.connections()).containsExactly(2, 1);
        model.filters().connectionProperty().set(Optional.of(2));
        assertThat(shown()).containsExactly("* OK again");
        model.filters().connectionProperty().set(Optional.empty());
        assertThat(shown()).hasSize(5);
    }

    @Test
    void showsOnlyOnePhaseOfTheChosenDirections() {
        conversation();
        log.append(1, Direction.CLIENT, Phase.LOGIN, "a3 LOGIN");
        log.append(1, Direction.SERVER, Phase.LOGIN, "a3 OK");
        model.filters().phaseProperty().set(Optional.of(Phase.LOGIN));
        assertThat(shown()).containsExactly("a3 LOGIN", "a3 OK");
        model.filters().directions().remove(Direction.CLIENT);
        assertThat(shown()).containsExactly("a3 OK");
        assertThat(model.selectedText()).isEmpty();
        model.selectAll();
        assertThat(model.selectedText()).isEqualTo("10:41:07.213  S  a3 OK\n");
    }

    @Test
    void foldsAReplyToItsFirstLine() {
        reply();
        assertThat(model.reply(1)).contains(new LogReply(0));
        assertThat(model.reply(2)).isEmpty();
        model.toggleReply(2);
        assertThat(shown()).containsExactly("EHLO", "250-first", "NOOP", "250 OK");
        assertThat(model.reply(1)).contains(new LogReply(2));
        assertThat(model.reply(3)).isEmpty();
        model.toggleReply(1);
        assertThat(shown()).hasSize(6);
    }

    @Test
    void foldsEveryReplyAlsoTheOnesToCome() {
        reply();
        model.foldedProperty().set(true);
        reply();
        assertThat(shown())
                .containsExactly("EHLO", "250-first", "NOOP", "250 OK", "EHLO", "250-first", "NOOP", "250 OK");
        model.toggleReply(1);
        assertThat(shown()).startsWith("EHLO", "250-first", "250-second", "250 third", "NOOP");
        model.foldedProperty().set(false);
        assertThat(shown()).hasSize(12);
    }

    @Test
    void countsTheLinesThatJoinAFoldedReply() {
        client("FETCH");
        server("one");
        server("two");
        model.refresh();
        model.toggleReply(1);
        server("three");
        model.refresh();
        assertThat(shown()).containsExactly("FETCH", "one");
        assertThat(model.reply(1)).contains(new LogReply(2));
    }

    @Test
    void copiesAndSavesWhatIsFoldedAway(@TempDir Path folder) throws IOException {
        client("EHLO");
        server("250-first");
        server("250 second");
        model.foldedProperty().set(true);
        model.moveCaretTo(1, false);
        assertThat(model.selectedText()).hasLineCount(2).contains("250 second");
        model.save(folder.resolve("posthorn.log"));
        assertThat(Files.readString(folder.resolve("posthorn.log"))).hasLineCount(3);
    }

    @Test
    void findsInAFoldedReplyAndUnfoldsIt() {
        reply();
        model.foldedProperty().set(true);
        model.find().queryProperty().set("second");
        model.refresh();
        model.findNext();
        assertThat(selected()).containsExactly("250-second");
    }

    @Test
    void neverFoldsTheLineOfAFailureAway() {
        reply();
        model.foldedProperty().set(true);
        log.append(1, Direction.CLIENT, Phase.LOGIN, "AUTH");
        log.append(1, Direction.SERVER, Phase.LOGIN, "535-no");
        log.append(1, Direction.SERVER, Phase.LOGIN, "535 never");
        model.refresh();
        model.markFailure(1, Phase.LOGIN);
        assertThat(shown()).endsWith("535-no", "535 never");
    }

    @Test
    void jumpsToThePhasePastAFilterThatHidesIt() {
        conversation();
        log.append(1, Direction.SERVER, Phase.LOGIN, "no");
        model.refresh();
        model.filters().phaseProperty().set(Optional.of(Phase.CAPABILITIES));
        model.selectPhase(1, Phase.LOGIN);
        assertThat(selected()).containsExactly("no");
        assertThat(shown()).hasSize(5);
    }

    @Test
    void unfiltersAndUnfoldsForAnotherLog() {
        reply();
        model.toggleReply(1);
        model.filters().connectionProperty().set(Optional.of(1));
        WireLog other = new WireLog(clock, 10);
        for (String line : List.of("* first", "* second", "* third")) {
            other.append(7, Direction.SERVER, Phase.READY, line);
        }
        model.show(other);
        assertThat(shown()).hasSize(3);
    }

    private void reply() {
        client("EHLO");
        server("250-first");
        server("250-second");
        server("250 third");
        client("NOOP");
        server("250 OK");
        model.refresh();
    }

    private void conversation() {
        server("* OK ready");
        client("a1 CAPABILITY");
        server("* Capability IMAP4rev1");
        client("a2 LOGOUT");
        model.refresh();
    }

    private void lines(int count) {
        for (int i = 0; i < count; i++) {
            server("line " + log.nextSequence());
        }
        model.refresh();
    }

    private void client(String text) {
        log.append(1, Direction.CLIENT, Phase.CAPABILITIES, text);
    }

    private void server(String text) {
        log.append(1, Direction.SERVER, Phase.CAPABILITIES, text);
    }

    private List<String> shown() {
        return model.rows(model.firstRow(), 1000).stream().map(WireEvent::text).toList();
    }

    private List<String> selected() {
        return model.rows(model.firstRow(), 1000).stream()
                .filter(line -> model.selection().contains(line.sequence()))
                .map(WireEvent::text)
                .toList();
    }
}
