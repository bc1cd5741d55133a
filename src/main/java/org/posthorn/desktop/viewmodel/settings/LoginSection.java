package org.posthorn.desktop.viewmodel.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.desktop.viewmodel.settings.TextSetting.Width;
import org.posthorn.sasl.Mechanisms;

/** Who logs in, and how. */
final class LoginSection {
    private LoginSection() {}

    static SettingSection of() {
        return new SettingSection(
                "Login",
                "The password stays in memory until Posthorn is closed; it is not saved.",
                List.of(kind(), user(), password(), mechanism()));
    }

    private static SettingField<LoginKind> kind() {
        return ChoiceSetting.fixed(
                        Field.LOGIN,
                        new Lens<>(LoginKind::of, (endpoint, kind) -> kind.in(endpoint)),
                        Arrays.stream(LoginKind.values())
                                .map(kind -> new Option<>(kind, kind.label()))
                                .toList())
                .withoutDefault();
    }

    private static SettingField<String> user() {
        Lens<String> lens = password(
                Login.Password::user,
                "",
                (login, user) -> new Login.Password(user, login.password(), login.mechanism()));
        return new TextSetting(Field.USER, Width.LONG, TextFormat.plain(), lens)
                .prompt("alice@example.org")
                .withoutDefault()
                .when(LoginSection::usesPassword);
    }

    private static SettingField<Secret> password() {
        Lens<Secret> lens = password(
                Login.Password::password,
                Secret.of(""),
                (login, secret) -> new Login.Password(login.user(), secret, login.mechanism()));
        return new SecretSetting(Field.PASSWORD, lens).withoutDefault().when(LoginSection::usesPassword);
    }

    private static SettingField<Optional<String>> mechanism() {
        Lens<Optional<String>> lens = password(
                Login.Password::mechanism,
                Optional.empty(),
                (login, mechanism) -> new Login.Password(login.user(), login.password(), mechanism));
        return new ChoiceSetting<>(
                        Field.MECHANISM,
                        Optional.empty(),
                        lens,
                        endpoint -> mechanisms(endpoint.protocol()),
                        LoginSection::option)
                .hint("the one that is chosen is sent, and no other")
                .when(LoginSection::usesPassword);
    }

    private static List<Option<Optional<String>>> mechanisms(Protocol protocol) {
        Stream<String> command = switch (protocol) {
            case IMAP -> Stream.of("IMAP-LOGIN");
            case POP3 -> Stream.of("USER");
            case SMTP -> Stream.of();
        };
        Stream<Option<Optional<String>>> named =
                Stream.concat(Mechanisms.names().stream(), command).map(name -> option(Optional.of(name)));
        return Stream.concat(Stream.of(new Option<>(Optional.<String>empty(), "Automatic")), named)
                .toList();
    }

    private static Option<Optional<String>> option(Optional<String> mechanism) {
        String label = switch (mechanism.orElse("")) {
            case "" -> "Automatic";
            case "IMAP-LOGIN" -> "LOGIN command";
            case "USER" -> "USER and PASS";
            default -> "SASL " + mechanism.orElseThrow();
        };
        return new Option<>(mechanism, label);
    }

    private static boolean usesPassword(Endpoint endpoint) {
        return endpoint.login() instanceof Login.Password;
    }

    private static <V> Lens<V> password(
            Function<Login.Password, V> get, V absent, BiFunction<Login.Password, V, Login> put) {
        return new Lens<>(
                endpoint -> endpoint.login() instanceof Login.Password login ? get.apply(login) : absent,
                (endpoint, value) -> endpoint.login() instanceof Login.Password login
                        ? endpoint.withLogin(put.apply(login, value))
                        : endpoint);
    }
}
