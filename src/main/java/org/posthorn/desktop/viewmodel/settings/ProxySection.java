package org.posthorn.desktop.viewmodel.settings;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.ProxySettings.Credentials;
import org.posthorn.account.ProxySettings.Resolution;
import org.posthorn.account.Secret;
import org.posthorn.desktop.viewmodel.settings.TextSetting.Width;

/** What lies between this machine and the server. */
final class ProxySection {
    private static final Credentials NOBODY = new Credentials("", Secret.of(""));

    private ProxySection() {}

    static SettingSection of() {
        return new SettingSection("Proxy", "", List.of(kind(), host(), port(), user(), password(), resolution()));
    }

    private static SettingField<Optional<ProxyKind>> kind() {
        Option<Optional<ProxyKind>> none = new Option<>(Optional.empty(), "None");
        Stream<Option<Optional<ProxyKind>>> kinds =
                Stream.of(ProxyKind.values()).map(kind -> new Option<>(Optional.of(kind), label(kind)));
        return ChoiceSetting.fixed(
                Field.PROXY,
                new Lens<>(endpoint -> endpoint.proxy().map(ProxySettings::kind), ProxySection::withKind),
                Stream.concat(Stream.of(none), kinds).toList());
    }

    private static String label(ProxyKind kind) {
        return kind == ProxyKind.SYSTEM ? "As the system says" : kind.label();
    }

    private static Endpoint withKind(Endpoint endpoint, Optional<ProxyKind> kind) {
        return endpoint.withProxy(kind.map(
                chosen -> endpoint.proxy().map(proxy -> proxy.withKind(chosen)).orElse(ProxySettings.of(chosen, ""))));
    }

    private static SettingField<String> host() {
        return new TextSetting(
                        Field.PROXY_HOST,
                        Width.LONG,
                        TextFormat.plain(),
                        lens(ProxySettings::host, "", ProxySettings::withHost))
                .prompt("proxy.example.org")
                .withoutDefault()
                .when(ProxySection::isTyped);
    }

    private static SettingField<String> port() {
        return new TextSetting(
                        Field.PROXY_PORT,
                        Width.SHORT,
                        TextFormat.port(),
                        lens(ProxySettings::port, OptionalInt.empty(), ProxySettings::withPort))
                .prompt("usual")
                .when(ProxySection::isTyped);
    }

    private static SettingField<String> user() {
        return new TextSetting(
                        Field.PROXY_USER,
                        Width.LONG,
                        TextFormat.plain(),
                        lens(
                                proxy -> login(proxy).user(),
                                "",
                                (proxy, user) -> proxy.withLogin(
                                        user.isBlank()
                                                ? Optional.empty()
                                                : Optional.of(new Credentials(
                                                        user, login(proxy).password())))))
                .prompt("no login")
                .when(ProxySection::isSet);
    }

    private static SettingField<Secret> password() {
        return new SecretSetting(
                        Field.PROXY_PASSWORD,
                        lens(
                                proxy -> login(proxy).password(),
                                NOBODY.password(),
                                (proxy, secret) -> proxy.withLogin(
                                        proxy.login().map(login -> new Credentials(login.user(), secret)))))
                .withoutDefault()
                .when(endpoint -> endpoint.proxy().flatMap(ProxySettings::login).isPresent());
    }

    private static SettingField<Resolution> resolution() {
        return ChoiceSetting.fixed(
                        Field.PROXY_RESOLUTION,
                        lens(ProxySettings::resolution, Resolution.PROXY, ProxySettings::withResolution),
                        List.of(
                                new Option<>(Resolution.PROXY, "the proxy"),
                                new Option<>(Resolution.HERE, "this machine")))
                .withoutDefault()
                .when(endpoint -> endpoint.proxy()
                        .filter(proxy ->
                                proxy.kind() != ProxyKind.SYSTEM && proxy.kind().takesNames())
                        .isPresent());
    }

    private static Credentials login(ProxySettings proxy) {
        return proxy.login().orElse(NOBODY);
    }

    private static boolean isSet(Endpoint endpoint) {
        return endpoint.proxy().isPresent();
    }

    private static boolean isTyped(Endpoint endpoint) {
        return endpoint.proxy()
                .filter(proxy -> proxy.kind() != ProxyKind.SYSTEM)
                .isPresent();
    }

    private static <V> Lens<V> lens(
            Function<ProxySettings, V> get, V absent, BiFunction<ProxySettings, V, ProxySettings> put) {
        return new Lens<>(
                endpoint -> endpoint.proxy().map(get).orElse(absent),
                (endpoint, value) -> endpoint.withProxy(endpoint.proxy().map(proxy -> put.apply(proxy, value))));
    }
}
