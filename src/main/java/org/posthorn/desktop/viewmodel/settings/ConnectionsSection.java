package org.posthorn.desktop.viewmodel.settings;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.posthorn.account.Compression;
import org.posthorn.account.ConnectionAssignment;
import org.posthorn.account.ConnectionSettings;
import org.posthorn.account.Field;
import org.posthorn.account.MultiConnection;
import org.posthorn.account.Pipelining;
import org.posthorn.account.Protocol;
import org.posthorn.desktop.viewmodel.settings.TextSetting.Width;

/** How connections are kept and shared out, and how commands are sent on them. */
final class ConnectionsSection {
    private ConnectionsSection() {}

    static SettingSection of() {
        return new SettingSection(
                "Connections",
                "",
                List.of(
                        assignment(),
                        checkup(),
                        multiConnection(),
                        quantity(),
                        pipelining(),
                        compression(),
                        readOnly()));
    }

    private static SettingField<ConnectionAssignment> assignment() {
        return ChoiceSetting.fixed(
                Field.ASSIGNMENT,
                lens(ConnectionSettings::assignment, ConnectionSettings::withAssignment),
                List.of(
                        new Option<>(ConnectionAssignment.MAIN_OR_DEFAULT, "Main or default"),
                        new Option<>(ConnectionAssignment.MAIN, "Main"),
                        new Option<>(ConnectionAssignment.DEFAULT, "Default")));
    }

    private static SettingField<String> checkup() {
        return new TextSetting(
                        Field.CHECKUP,
                        Width.SHORT,
                        TextFormat.duration(),
                        lens(ConnectionSettings::checkup, ConnectionSettings::withCheckup))
                .hint("a NOOP on each idle connection; 0s is never");
    }

    private static SettingField<MultiConnection> multiConnection() {
        return ChoiceSetting.fixed(
                Field.MULTI_CONNECTION,
                lens(ConnectionSettings::multiConnection, ConnectionSettings::withMultiConnection),
                List.of(new Option<>(MultiConnection.OFF, "Off"), new Option<>(MultiConnection.ON, "On")));
    }

    private static SettingField<String> quantity() {
        TextFormat<Integer> number = new TextFormat<>(
                String::valueOf,
                text -> text.strip().matches("\\d{1,6}")
                        ? Optional.of(Integer.valueOf(text.strip()))
                        : Optional.empty(),
                "This is not a number.");
        return new TextSetting(
                        Field.CONNECTIONS,
                        Width.SHORT,
                        number,
                        lens(ConnectionSettings::quantity, ConnectionSettings::withQuantity))
                .when(endpoint -> endpoint.connections().multiConnection() == MultiConnection.ON);
    }

    private static SettingField<Pipelining> pipelining() {
        return ChoiceSetting.fixed(
                Field.PIPELINING,
                lens(ConnectionSettings::pipelining, ConnectionSettings::withPipelining),
                List.of(
                        new Option<>(Pipelining.AUTO, "Where it is offered"),
                        new Option<>(Pipelining.ON, "Always"),
                        new Option<>(Pipelining.OFF, "Never")));
    }

    private static SettingField<Compression> compression() {
        return ChoiceSetting.fixed(
                        Field.COMPRESSION,
                        lens(ConnectionSettings::compression, ConnectionSettings::withCompression),
                        List.of(
                                new Option<>(Compression.OFF, "Never"),
                                new Option<>(Compression.ON, "Where it is offered")))
                .when(endpoint -> endpoint.protocol() == Protocol.IMAP);
    }

    private static SettingField<Boolean> readOnly() {
        return new FlagSetting(Field.READ_ONLY, lens(ConnectionSettings::readOnly, ConnectionSettings::withReadOnly))
                .hint("nothing in the mailbox is changed")
                .when(endpoint -> endpoint.protocol() != Protocol.SMTP);
    }

    private static <V> Lens<V> lens(
            Function<ConnectionSettings, V> get, BiFunction<ConnectionSettings, V, ConnectionSettings> put) {
        return new Lens<>(
                endpoint -> get.apply(endpoint.connections()),
                (endpoint, value) -> endpoint.withConnections(put.apply(endpoint.connections(), value)));
    }
}
