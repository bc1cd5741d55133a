package org.posthorn.storage;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.posthorn.account.Compression;
import org.posthorn.account.ConnectionAssignment;
import org.posthorn.account.ConnectionSettings;
import org.posthorn.account.LogSettings;
import org.posthorn.account.MultiConnection;
import org.posthorn.account.Pipelining;

/** How a client keeps its connections and its log, in the account file. */
final class ClientJson {
    private ClientJson() {}

    static ConnectionSettings readConnections(Node node) throws UnreadableEntry {
        ConnectionSettings standard = ConnectionSettings.defaults();
        return new ConnectionSettings(
                EndpointJson.one(
                                "assignment",
                                node.text("assignment"),
                                ConnectionAssignment.values(),
                                ConnectionAssignment::word)
                        .orElse(standard.assignment()),
                checkup(node).orElse(standard.checkup()),
                EndpointJson.one(
                                "multiConnection",
                                node.text("multiConnection"),
                                MultiConnection.values(),
                                MultiConnection::word)
                        .orElse(standard.multiConnection()),
                node.number("quantity").orElse(standard.quantity()),
                EndpointJson.one("pipelining", node.text("pipelining"), Pipelining.values(), Pipelining::word)
                        .orElse(standard.pipelining()),
                EndpointJson.one("compression", node.text("compression"), Compression.values(), Compression::word)
                        .orElse(standard.compression()),
                node.flag("readOnly").orElse(standard.readOnly()));
    }

    private static Optional<Duration> checkup(Node node) throws UnreadableEntry {
        try {
            return node.text("checkup").map(Duration::parse);
        } catch (DateTimeParseException _) {
            throw new UnreadableEntry("“checkup” is not a duration");
        }
    }

    static void write(ConnectionSettings connections, Node node) {
        node.put("assignment", Optional.of(connections.assignment().word()));
        node.put("checkup", Optional.of(connections.checkup().toString()));
        node.put("multiConnection", Optional.of(connections.multiConnection().word()));
        node.json().put("quantity", connections.quantity());
        node.put("pipelining", Optional.of(connections.pipelining().word()));
        node.put("compression", Optional.of(connections.compression().word()));
        node.json().put("readOnly", connections.readOnly());
    }

    static LogSettings readLog(Node node) throws UnreadableEntry {
        LogSettings standard = LogSettings.defaults();
        try {
            return new LogSettings(
                    node.flag("enabled").orElse(standard.enabled()),
                    node.text("file").map(Path::of),
                    node.flag("dated").orElse(standard.dated()));
        } catch (InvalidPathException _) {
            throw new UnreadableEntry("“file” is not the name of a file");
        }
    }

    static void write(LogSettings log, Node node) {
        node.json().put("enabled", log.enabled());
        node.put("file", log.file().map(Path::toString));
        node.json().put("dated", log.dated());
    }
}
