package org.posthorn.desktop.viewmodel.settings;

import java.util.Arrays;
import java.util.List;
import org.posthorn.account.AddressFamily;
import org.posthorn.account.AddressOrder;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Protocol;
import org.posthorn.desktop.viewmodel.settings.TextSetting.Width;

/** Which addresses are used, on either side. */
final class NetworkSection {
    private NetworkSection() {}

    static SettingSection of() {
        return new SettingSection(
                "Network",
                "",
                List.of(
                        ChoiceSetting.fixed(
                                Field.ADDRESS_FAMILY,
                                new Lens<>(Endpoint::addressFamily, Endpoint::withAddressFamily),
                                List.of(
                                        new Option<>(AddressFamily.ANY, "Any"),
                                        new Option<>(AddressFamily.IPV4, "IPv4"),
                                        new Option<>(AddressFamily.IPV6, "IPv6"))),
                        ChoiceSetting.fixed(
                                Field.ADDRESS_ORDER,
                                new Lens<>(Endpoint::addressOrder, Endpoint::withAddressOrder),
                                Arrays.stream(AddressOrder.values())
                                        .map(order -> new Option<>(order, order.label()))
                                        .toList()),
                        new TextSetting(
                                        Field.BIND,
                                        Width.LONG,
                                        TextFormat.optional(),
                                        new Lens<>(Endpoint::bind, Endpoint::withBind))
                                .prompt("chosen by the system"),
                        new TextSetting(
                                        Field.EHLO,
                                        Width.LONG,
                                        TextFormat.optional(),
                                        new Lens<>(Endpoint::ehlo, Endpoint::withEhlo))
                                .prompt("the local address in brackets")
                                .when(endpoint -> endpoint.protocol() == Protocol.SMTP)));
    }
}
