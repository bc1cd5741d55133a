package org.posthorn.desktop.view.about;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.desktop.view.picture.Picture;
import org.posthorn.desktop.view.picture.TestStage;
import org.posthorn.desktop.view.theme.Palette;
import org.posthorn.desktop.viewmodel.about.AboutViewModel;
import org.posthorn.release.Build;
import org.posthorn.release.Newest;
import org.testfx.api.FxRobot;

class AboutPageTest extends FxRobot {
    private static final URI PAGE = URI.create("https://releases.example/latest");

    private final AboutViewModel about = new AboutViewModel(
            new Build("1.0.0", Optional.of(PAGE)),
            page -> new Newest.Newer("1.1.0", page.resolve("tag/v1.1.0")),
            Runnable::run,
            Runnable::run);

    @AfterEach
    void close() {
        TestStage.close();
    }

    @ParameterizedTest
    @EnumSource
    void showsTheVersionTheAnswerAndTheParts(Palette palette) {
        StackPane page = TestStage.show(680, 520, () -> new StackPane(new AboutPage(about)));
        interact(() -> page.getScene().getStylesheets().setAll(palette.sheets()));
        interact(about::ask);
        interact(() -> picture(page, "about-" + palette.name().toLowerCase(Locale.ROOT)));

        assertThat(from(page).lookup(".copyable").queryAllAs(TextField.class))
                .extracting(TextField::getText)
                .contains("Version 1.0.0", "Version 1.1.0 is there: https://releases.example/tag/v1.1.0");
        assertThat(from(page)
                        .lookup(".table-view")
                        .<TableView<?>>query()
                        .getItems()
                        .size())
                .isEqualTo(about.dependencies().size());
    }

    private static void picture(StackPane page, String name) {
        try {
            Picture.take(page.getScene(), name, 1);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
