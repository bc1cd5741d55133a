package org.posthorn.desktop.viewmodel.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import org.posthorn.client.LoginMechanisms;
import org.posthorn.desktop.viewmodel.settings.TextSetting.Width;

/** Who logs in, and how. */
final class LoginSection {
    private LoginSection() {}

    static SettingSection of() {
        return new SettingSection(
                "Login", "", List.of(kind(), user(), password(), token(), mechanism(), further(), authorizationId()));
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
        Lens<String> lens = of(Login.Named.class, Login.Named::user, "", Login.Named::withUser);
        return new TextSetting(Field.USER, Width.LONG, TextFormat.plain(), lens)
                .prompt("alice@example.org")
                .withoutDefault()
                .when(uses(Login.Named.class));
    }

    private static SettingField<Secret> password() {
        Lens<Secret> lens =
                of(Login.Password.class, Login.Password::password, Secret.of(""), Login.Password::withPassword);
        return new SecretSetting(Field.PASSWORD, lens).withoutDefault().when(uses(Login.Password.class));
    }

    private static SettingField<Secret> token() {
        Lens<Secret> lens =
                of(Login.AccessToken.class, Login.AccessToken::token, Secret.of(""), Login.AccessToken::withToken);
        return new SecretSetting(Field.ACCESS_TOKEN, lens).withoutDefault().when(uses(Login.AccessToken.class));
    }

    private static SettingField<List<String>> mechanism() {
        Lens<List<String>> lens = sasl(
                sasl -> sasl.mechanisms().stream().limit(1).toList(),
                List.of(),
                (sasl, first) ->
                        sasl.withMechanisms(first.isEmpty() ? first : joined(first, further(sasl.mechanisms()))));
        return new ChoiceSetting<>(Field.MECHANISM, List.of(), lens, LoginSection::mechanisms, LoginSection::option)
                .without(LoginSection::goesWithAnother)
                .hint("the one that is chosen is sent, and no other")
                .when(uses(Login.Credentials.class));
    }

    private static SettingField<String> further() {
        Lens<List<String>> lens = sasl(
                sasl -> further(sasl.mechanisms()),
                List.of(),
                (sasl, further) -> sasl.mechanisms().isEmpty()
                        ? sasl
                        : sasl.withMechanisms(joined(sasl.mechanisms().subList(0, 1), further)));
        return new TextSetting(Field.FURTHER_MECHANISMS, Width.LONG, names(), lens)
                .prompt("none")
                .hint("in order, with commas; the first that the server offers is sent, once")
                .when(endpoint -> endpoint.login() instanceof Login.Credentials login
                        && !login.sasl().mechanisms().isEmpty());
    }

    private static SettingField<String> authorizationId() {
        Lens<Optional<String>> lens =
                sasl(SaslSettings::authorizationId, Optional.empty(), SaslSettings::withAuthorizationId);
        return new TextSetting(Field.AUTHORIZATION_ID, Width.LONG, TextFormat.optional(), lens)
                .prompt("the user who logs in")
                .hint("whose mailbox to use, where it is another's")
                .when(uses(Login.Credentials.class));
    }

    private static TextFormat<List<String>> names() {
        return new TextFormat<>(
                names -> String.join(", ", names),
                text -> Optional.of(Stream.of(text.split("[,\\s]+", -1))
                        .filter(name -> !name.isEmpty())
                        .map(name -> name.toUpperCase(Locale.ROOT))
                        .toList()),
                "");
    }

    private static List<String> further(List<String> mechanisms) {
        return mechanisms.stream().skip(1).toList();
    }

    private static List<String> joined(List<String> first, List<String> further) {
        return Stream.concat(first.stream(), further.stream()).toList();
    }

    private static List<Option<List<String>>> mechanisms(Endpoint endpoint) {
        return Stream.concat(
                        Stream.of(List.<String>of()),
                        names(endpoint.login(), endpoint.protocol()).map(List::of))
                .map(LoginSection::option)
                .toList();
    }

    private static Stream<String> names(Login login, Protocol protocol) {
        return switch (login) {
            case Login.None _ -> Stream.of();
            case Login.Credentials credentials -> LoginMechanisms.names(protocol, credentials).stream();
        };
    }

    /** Whether a mechanism belongs to another kind of login than the one that is chosen; one that nobody knows may stay. */
    private static boolean goesWithAnother(Endpoint endpoint, List<String> chosen) {
        if (endpoint.login() instanceof Login.None) {
            return false;
        }
        List<String> here = names(endpoint.login()).toList();
        List<String> anywhere = Arrays.stream(LoginKind.values())
                .flatMap(kind -> names(kind.empty()))
                .toList();
        return chosen.stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .anyMatch(name -> !here.contains(name) && anywhere.contains(name));
    }

    private static Stream<String> names(Login login) {
        return Arrays.stream(Protocol.values()).flatMap(protocol -> names(login, protocol));
    }

    private static Option<List<String>> option(List<String> mechanisms) {
        return new Option<>(
                mechanisms,
                mechanisms.stream().map(LoginSection::label).findFirst().orElse("Automatic"));
    }

    private static String label(String mechanism) {
        return switch (mechanism) {
            case "IMAP-LOGIN" -> "LOGIN command";
            case "USER" -> "USER and PASS";
            case "APOP" -> "APOP command";
            default -> "SASL " + mechanism;
        };
    }

    private static Predicate<Endpoint> uses(Class<? extends Login> kind) {
        return endpoint -> kind.isInstance(endpoint.login());
    }

    private static <V> Lens<V> sasl(
            Function<SaslSettings, V> get, V absent, BiFunction<SaslSettings, V, SaslSettings> put) {
        return of(
                Login.Credentials.class,
                login -> get.apply(login.sasl()),
                absent,
                (login, value) -> login.withSasl(put.apply(login.sasl(), value)));
    }

    private static <L extends Login, V> Lens<V> of(
            Class<L> kind, Function<L, V> get, V absent, BiFunction<L, V, Login> put) {
        return new Lens<>(
                endpoint -> kind.isInstance(endpoint.login()) ? get.apply(kind.cast(endpoint.login())) : absent,
                (endpoint, value) -> kind.isInstance(endpoint.login())
                        ? endpoint.withLogin(put.apply(kind.cast(endpoint.login()), value))
                        : endpoint);
    }
}
