package org.posthorn.desktop.view.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.desktop.view.picture.Waiting.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Button;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.Field;
import org.posthorn.account.MultiConnection;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.Secret;
import org.posthorn.desktop.view.picture.Picture;
import org.posthorn.desktop.view.picture.TestStage;
import org.posthorn.desktop.view.theme.Palette;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;
import org.posthorn.desktop.viewmodel.connection.ConnectionStatus;
import org.posthorn.desktop.viewmodel.desktop.Tab;
import org.posthorn.desktop.viewmodel.settings.ChoiceSetting;
import org.posthorn.desktop.viewmodel.settings.FlagSetting;
import org.posthorn.desktop.viewmodel.settings.Option;
import org.posthorn.desktop.viewmodel.settings.SecretSetting;
import org.posthorn.desktop.viewmodel.settings.TextSetting;
import org.testfx.api.FxRobot;

/** Each screen, in both themes and at three sizes, for people to look at. */
class WindowPictureTest extends FxRobot {

    enum Size {
        SMALL(1000, 640, 1),
        USUAL(1360, 860, 1),
        DOUBLE(1000, 640, 2);

        private final double width;
        private final double height;
        private final double scale;

        Size(double width, double height, double scale) {
            this.width = width;
            this.height = height;
            this.scale = scale;
        }
    }

    private final PlayedDesktop played;

    WindowPictureTest(@TempDir Path folder) {
        played = new PlayedDesktop(folder);
    }

    @AfterEach
    void close() {
        TestStage.close();
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void showsTheFirstStart(Size size) {
        DesktopView view = show(size);
        picture(view, "start", size);
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void showsTheForm(Size size) {
        played.fill();
        DesktopView view = show(size);
        interact(() -> {
            type(Field.USER, "");
            type(Field.CONNECT_TIMEOUT, "20s");
        });
        picture(view, "settings", size);
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void showsTheProxy(Size size) {
        played.fill();
        DesktopView view = show(size);
        interact(() -> {
            if (endpoint().settings().field(Field.PROXY).orElseThrow() instanceof ChoiceSetting<?> proxy) {
                pick(proxy, Optional.of(ProxyKind.SOCKS5));
            }
            type(Field.PROXY_HOST, "proxy.acme.example");
        });
        interact(() -> played.model.lookAt(Field.PROXY_HOST));
        picture(view, "proxy", size);
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void showsHowConnectionsAndTheLogAreKept(Size size) {
        played.fill();
        DesktopView view = show(size);
        interact(() -> {
            if (endpoint().settings().field(Field.MULTI_CONNECTION).orElseThrow() instanceof ChoiceSetting<?> several) {
                pick(several, MultiConnection.ON);
            }
            turnOn(Field.READ_ONLY);
            turnOn(Field.LOG_ENABLED);
            type(Field.CONNECTIONS, "99");
        });
        interact(() -> played.model.lookAt(Field.LOG_FILE));
        picture(view, "keeping", size);
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void showsAFailedConnection(Size size) {
        played.fill();
        DesktopView view = show(size);
        connect("alice");
        await(() -> status() == ConnectionStatus.FAILED);
        picture(view, "failure", size);
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void showsAGoodConnectionAndItsCapabilities(Size size) {
        played.fill();
        DesktopView view = show(size);
        connect("bob");
        await(() -> status() == ConnectionStatus.OK);
        picture(view, "connection", size);
        interact(() -> played.model.tabProperty().set(Tab.CAPABILITIES));
        picture(view, "capabilities", size);
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void showsACertificateThatIsBelievedOnce(Size size) {
        played.fill();
        DesktopView view = show(size);
        interact(() -> {
            type(Field.HOST, "untrusted.acme.example");
            secret();
            played.model.connect();
        });
        await(() -> status() == ConnectionStatus.FAILED);
        picture(view, "untrusted", size);
        interact(() -> button(view, "Connect this once").fire());
        await(() -> status() == ConnectionStatus.OK);
        picture(view, "believed-once", size);
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void showsATokenProviderAndItsSignIn(Size size) {
        played.fill();
        DesktopView view = show(size);
        interact(() -> {
            choose(Field.LOGIN, "OAuth");
            choose(Field.TOKEN_FLOW, "Device code");
            choose(Field.OAUTH_PRESET, "Microsoft");
            type(Field.USER, "alice@acme.example");
            type(Field.HOST, "signin.acme.example");
        });
        picture(view, "token-settings", size);
        interact(() -> {
            type(Field.CLIENT_ID, "11111111-2222-3333-4444-555555555555");
            played.model.connect();
        });
        await(() -> status() == ConnectionStatus.CONNECTING);
        picture(view, "sign-in", size);
    }

    private static Button button(DesktopView view, String text) {
        return view.lookupAll(".button").stream()
                .filter(Button.class::isInstance)
                .map(Button.class::cast)
                .filter(button -> text.equals(button.getText()))
                .findFirst()
                .orElseThrow();
    }

    private void choose(Field field, String label) {
        if (endpoint().settings().field(field).orElseThrow() instanceof ChoiceSetting<?> setting) {
            choose(setting, label);
        }
    }

    private static <T> void choose(ChoiceSetting<T> setting, String label) {
        setting.options().stream()
                .filter(option -> option.label().equals(label))
                .forEach(option -> setting.valueProperty().set(option.value()));
    }

    private DesktopView show(Size size) {
        return TestStage.show(size.width, size.height, played::view);
    }

    private void connect(String name) {
        interact(() -> {
            played.model.accounts().items().stream()
                    .filter(item -> item.name().startsWith(name))
                    .findFirst()
                    .ifPresent(
                            item -> played.model.accounts().selectedProperty().set(Optional.of(item)));
            secret();
            played.model.connect();
        });
    }

    private void secret() {
        if (endpoint().settings().field(Field.PASSWORD).orElseThrow() instanceof SecretSetting password) {
            password.valueProperty().set(Secret.of("hunter2"));
        }
    }

    private void type(Field field, String text) {
        if (endpoint().settings().field(field).orElseThrow() instanceof TextSetting setting) {
            setting.valueProperty().set(text);
        }
    }

    private void turnOn(Field field) {
        if (endpoint().settings().field(field).orElseThrow() instanceof FlagSetting setting) {
            setting.valueProperty().set(true);
        }
    }

    private static <T> void pick(ChoiceSetting<T> choice, Object value) {
        choice.options().stream()
                .map(Option::value)
                .filter(value::equals)
                .findFirst()
                .ifPresent(choice.valueProperty()::set);
    }

    private EndpointViewModel endpoint() {
        return played.model.endpointProperty().get().orElseThrow();
    }

    private ConnectionStatus status() {
        return endpoint().connection().statusProperty().get();
    }

    private void picture(DesktopView view, String name, Size size) {
        for (Palette palette : Palette.values()) {
            interact(() -> view.getScene().getStylesheets().setAll(palette.sheets()));
            interact(() -> {});
            String full = String.join("-", name, palette.name(), size.name()).toLowerCase(Locale.ROOT);
            interact(() -> {
                try {
                    assertThat(Picture.take(view.getScene(), full, size.scale)).isNotEmptyFile();
                } catch (IOException failed) {
                    throw new AssertionError(failed);
                }
            });
        }
        interact(view::layout);
    }
}
