package org.posthorn.desktop.viewmodel.settings;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.desktop.viewmodel.settings.TextSetting.Width;

/** Which server, and how it is spoken to. */
final class ServerSection {
    private static final List<TlsMode> MODES =
            List.of(TlsMode.AUTO, TlsMode.IMPLICIT, TlsMode.STARTTLS, TlsMode.ANY_TLS, TlsMode.NONE);

    private ServerSection() {}

    /** @param free whether the account has no other endpoint of a protocol */
    static SettingSection of(Predicate<Protocol> free) {
        return new SettingSection(
                "Server",
                "",
                List.of(
                        protocol(free),
                        new TextSetting(
                                        Field.HOST,
                                        Width.LONG,
                                        TextFormat.plain(),
                                        new Lens<>(Endpoint::host, Endpoint::withHost))
                                .prompt("mail.example.org")
                                .withoutDefault(),
                        ChoiceSetting.fixed(
                                Field.SECURITY,
                                new Lens<>(Endpoint::security, Endpoint::withSecurity),
                                MODES.stream()
                                        .map(mode -> new Option<>(mode, mode.label()))
                                        .toList()),
                        new FlagSetting(
                                        Field.ALLOW_PLAINTEXT,
                                        new Lens<>(Endpoint::allowPlaintext, Endpoint::withAllowPlaintext))
                                .hint("when the server offers no TLS")
                                .when(endpoint -> endpoint.security() == TlsMode.AUTO),
                        new PortSetting()));
    }

    private static SettingField<Protocol> protocol(Predicate<Protocol> free) {
        return new ChoiceSetting<>(
                        Field.PROTOCOL,
                        Protocol.IMAP,
                        new Lens<>(Endpoint::protocol, Endpoint::withProtocol),
                        built -> Arrays.stream(Protocol.values())
                                .filter(p -> p == built.protocol() || free.test(p))
                                .map(p -> new Option<>(p, p.name()))
                                .toList(),
                        p -> new Option<>(p, p.name()))
                .withoutDefault();
    }
}
