package org.posthorn.desktop.view.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.desktop.view.picture.Waiting.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Paint;
import javafx.scene.text.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.desktop.view.picture.Picture;
import org.posthorn.desktop.view.picture.TestStage;
import org.posthorn.desktop.view.theme.Palette;
import org.posthorn.desktop.viewmodel.log.LogText;
import org.posthorn.desktop.viewmodel.log.LogViewModel;
import org.posthorn.timeline.Phase;
import org.posthorn.wire.Direction;
import org.posthorn.wire.WireLog;
import org.testfx.api.FxRobot;

class LogPaneTest extends FxRobot {
    private final Path folder;

    private final WireLog log = new WireLog(new TickingClock(), 100_000);
    private final LogViewModel model =
            new LogViewModel(log, new LogText(ZoneOffset.UTC), Runnable::run, Platform::runLater);
    private LogPane pane;

    LogPaneTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void showPane() {
        pane = TestStage.show(
                1000,
                320,
                () -> new LogPane(model, (_, name) -> Optional.of(folder.resolve(name)), Platform::runLater));
    }

    @AfterEach
    void closePane() {
        interact(pane::close);
        TestStage.close();
    }

    @Test
    void drawsLinesThatAnotherThreadAdds() {
        conversation();
        await(() -> spoken(3).startsWith("Client: a1 CAPABILITY"));
    }

    @Test
    void copiesWhatTheKeyboardSelects() {
        conversation();
        await(() -> model.linesProperty().get() == 11);
        interact(() -> model.moveCaretTo(3, false));
        clickOn(pane.lookup(".log-view"));
        press(KeyCode.HOME).release(KeyCode.HOME);
        press(KeyCode.SHIFT, KeyCode.DOWN).release(KeyCode.DOWN, KeyCode.SHIFT);
        press(KeyCode.CONTROL, KeyCode.C).release(KeyCode.C, KeyCode.CONTROL);
        interact(() -> assertThat(Clipboard.getSystemClipboard().getString()).hasLineCount(2));
    }

    @Test
    void filtersWithAChip() {
        conversation();
        clickOn((ToggleButton) pane.lookup(".chip.server"));
        await(() -> spoken(1).startsWith("TLS:") || spoken(1).startsWith("Client:"));
    }

    @Test
    void foldsAReplyWithAClickOnItsSignAndWithTheKeyboard() {
        conversation();
        await(() -> spoken(4).endsWith("can be folded"));
        Node sign = ((Parent) row(4)).lookup(".mark");
        clickOn(offset(sign, 6, 0));
        await(() -> spoken(4).endsWith(", folded, … 1 more line"));
        press(KeyCode.SPACE).release(KeyCode.SPACE);
        await(() -> spoken(4).endsWith("can be folded"));
    }

    @Test
    void filtersByPhaseWithTheMenu() {
        conversation();
        await(() -> model.linesProperty().get() == 11);
        clickOn("filter");
        clickOn("Phase");
        clickOn("Login");
        await(() -> model.linesProperty().get() == 2);
        clickOn("Login");
        clickOn("Show every line");
        await(() -> model.linesProperty().get() == 11);
    }

    @Test
    void findsFromTheKeyboard() {
        conversation();
        await(() -> model.linesProperty().get() == 11);
        clickOn(pane.lookup(".log-view"));
        press(KeyCode.CONTROL, KeyCode.F).release(KeyCode.F, KeyCode.CONTROL);
        write("logout");
        await(() -> model.find().matchesProperty().get() == 2);
        press(KeyCode.ENTER).release(KeyCode.ENTER);
        assertThat(model.selection().isEmpty()).isFalse();
        press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        assertThat(((TextField) pane.lookup(".text-field")).getText()).isEmpty();
    }

    @Test
    void savesWhereThePersonSays() throws IOException {
        conversation();
        await(() -> model.linesProperty().get() == 11);
        clickOn("save");
        await(() -> model.noticeProperty().get().startsWith("11 lines saved"));
        try (var files = Files.list(folder)) {
            assertThat(files)
                    .singleElement()
                    .satisfies(file -> assertThat(file).content().contains("AUTHENTICATE"));
        }
    }

    @Test
    void showsABarBesideAndBelowAsSoonAsLinesNeedOne() {
        add(Direction.CLIENT, Phase.READY, "a1 NOOP");
        await(() -> spoken(0).startsWith("Client") && bars() == 0);
        add(Direction.SERVER, Phase.READY, "x".repeat(500));
        await(() -> bars() == 1);
        for (int i = 0; i < 100; i++) {
            add(Direction.CLIENT, Phase.READY, "a" + i + " NOOP");
        }
        await(() -> bars() == 2);
    }

    @Test
    void leavesTheBarsOfOneLogWhenItShowsAnother() {
        conversation();
        add(Direction.SERVER, Phase.READY, "x".repeat(500));
        await(() -> bars() == 1);
        interact(() -> model.show(new WireLog(new TickingClock(), 10)));
        await(() -> bars() == 0);
    }

    @Test
    void takesItsColoursFromTheThemeAtOnce() {
        conversation();
        await(() -> model.linesProperty().get() == 11);
        Set<Paint> light = colours();
        assertThat(light).hasSize(6);
        interact(() -> pane.getScene().getStylesheets().setAll(Palette.DARK.sheets()));
        await(() -> colours().size() == 6 && Collections.disjoint(colours(), light));
    }

    private long bars() {
        return pane.lookupAll(".scroll-bar").stream().filter(Node::isVisible).count();
    }

    private Set<Paint> colours() {
        return pane.lookupAll(".log-row").stream()
                .filter(Node::isVisible)
                .flatMap(row -> row.lookupAll(".text").stream())
                .map(text -> ((Text) text).getFill())
                .collect(Collectors.toSet());
    }

    @Test
    void looksLikeTheDrawing() {
        conversation();
        await(() -> model.linesProperty().get() == 11);
        interact(() -> {
            model.markFailure(1, Phase.LOGIN);
            model.toggleReply(9);
            model.moveCaretTo(9, false);
        });
        for (Palette theme : Palette.values()) {
            interact(() -> {
                pane.getScene().getStylesheets().setAll(theme.sheets());
                model.find().queryProperty().set(theme == Palette.DARK ? "auth" : "");
            });
            interact(() -> {});
            interact(() -> picture(theme));
        }
    }

    private void picture(Palette theme) {
        try {
            assertThat(Picture.take(pane.getScene(), "log-" + theme.name().toLowerCase(Locale.ROOT), 1))
                    .isNotEmptyFile();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private Node row(int row) {
        return (Node) pane.lookup(".log-view").queryAccessibleAttribute(AccessibleAttribute.ITEM_AT_INDEX, row);
    }

    private String spoken(int row) {
        Node item = row(row);
        return item == null ? "" : String.valueOf(item.queryAccessibleAttribute(AccessibleAttribute.TEXT));
    }

    private void conversation() {
        add(Direction.STATE, Phase.CONNECT, "connected to 192.0.2.10:993");
        add(Direction.TLS, Phase.TLS, "ServerHello TLS 1.3, TLS_AES_256_GCM_SHA384, x25519");
        add(Direction.SERVER, Phase.GREETING, "* OK The Microsoft Exchange IMAP4 service is ready.");
        add(Direction.CLIENT, Phase.CAPABILITIES, "a1 CAPABILITY");
        add(
                Direction.SERVER,
                Phase.CAPABILITIES,
                "* CAPABILITY IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE "
                        + "NAMESPACE LITERAL+");
        add(Direction.SERVER, Phase.CAPABILITIES, "a1 OK CAPABILITY completed.");
        add(Direction.CLIENT, Phase.LOGIN, "a2 AUTHENTICATE XOAUTH2 ••••••");
        add(Direction.SERVER, Phase.LOGIN, "a2 NO AUTHENTICATE failed.");
        add(Direction.CLIENT, Phase.READY, "a3 LOGOUT");
        add(Direction.SERVER, Phase.READY, "* BYE Microsoft Exchange Server IMAP4 server signing off.");
        add(Direction.SERVER, Phase.READY, "a3 OK LOGOUT completed.");
    }

    private void add(Direction direction, Phase phase, String text) {
        log.append(1, direction, phase, text);
    }

    private static final class TickingClock extends Clock {
        private Instant now = Instant.parse("2026-11-23T10:41:07.185Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            now = now.plus(Duration.ofMillis(12));
            return now;
        }
    }
}
