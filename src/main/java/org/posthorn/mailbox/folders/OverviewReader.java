package org.posthorn.mailbox.folders;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthorn.account.Endpoint;
import org.posthorn.client.Capabilities;
import org.posthorn.client.MailConnection;
import org.posthorn.client.PipeliningState;
import org.posthorn.client.imap.ImapAnswer;
import org.posthorn.client.imap.ImapCommand;
import org.posthorn.client.imap.ImapPipeline;
import org.posthorn.client.imap.ImapReply;
import org.posthorn.client.imap.ImapValue;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/** Asks a server about a mailbox: NAMESPACE, LIST, STATUS and GETQUOTAROOT, as far as it knows them. No folder is opened. */
public final class OverviewReader {
    private final Transport transport;
    private final ImapPipeline pipeline;
    private final Set<String> capabilities;

    private OverviewReader(Endpoint endpoint, MailConnection connection, Transport transport) {
        this.transport = transport;
        this.pipeline =
                new ImapPipeline(transport, endpoint, PipeliningState.isInForce(endpoint, connection.timeline()));
        this.capabilities = Capabilities.inForce(connection.timeline()).stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /**
     * Reads all of it over a connection that is logged in.
     *
     * @throws FailureException when the connection is lost, or the folders cannot be listed
     */
    public static MailboxOverview read(Endpoint endpoint, MailConnection connection) throws FailureException {
        Map<String, String> server = connection
                .timeline()
                .latest(Facts.Live.class)
                .map(Facts.Live::server)
                .orElse(Map.of());
        return connection.perform((_, transport) -> {
            OverviewReader reader = new OverviewReader(endpoint, connection, transport);
            return new MailboxOverview(server, reader.namespaces(), reader.folders(), reader.quotas());
        });
    }

    private List<Namespace> namespaces() throws FailureException {
        List<Namespace> namespaces = new ArrayList<>();
        for (List<ImapValue> response : ask("NAMESPACE", "NAMESPACE", "NAMESPACE")) {
            List<Namespace.Kind> kinds = List.of(Namespace.Kind.values());
            for (int i = 0; i < Math.min(kinds.size(), response.size()); i++) {
                Namespace.Kind kind = kinds.get(i);
                if (response.get(i) instanceof ImapValue.Group(List<ImapValue> parts)) {
                    parts.stream()
                            .flatMap(part -> namespace(kind, part).stream())
                            .forEach(namespaces::add);
                }
            }
        }
        return namespaces;
    }

    private Optional<Namespace> namespace(Namespace.Kind kind, ImapValue part) {
        return part instanceof ImapValue.Group(List<ImapValue> values) && values.size() >= 2
                ? Optional.of(new Namespace(
                        kind,
                        name(values.get(0).text()),
                        Optional.of(values.get(1))
                                .filter(ImapValue.Text.class::isInstance)
                                .map(this::shown)))
                : Optional.empty();
    }

    private List<FolderStatus> folders() throws FailureException {
        List<Listed> listed = responses(demand("LIST \"\" \"*\""), "LIST").stream()
                .flatMap(response -> Listed.of(response).stream())
                .toList();
        String items = capabilities.contains("STATUS=SIZE") || capabilities.contains("IMAP4REV2")
                ? "(MESSAGES UNSEEN SIZE)"
                : "(MESSAGES UNSEEN)";
        List<Listed> asked = listed.stream().filter(Listed::holdsMessages).toList();
        List<ImapCommand> commands = asked.stream()
                .map(folder -> new ImapCommand("STATUS " + folder.name().argument() + " " + items))
                .toList();
        Map<ImapCommand, ImapReply> answers = new LinkedHashMap<>();
        pipeline.run(commands, answer -> answers.put(answer.command(), answer.reply()));
        List<FolderStatus> folders = new ArrayList<>();
        for (Listed folder : listed) {
            int at = asked.indexOf(folder);
            Optional<ImapReply> reply = Optional.ofNullable(at < 0 ? null : answers.get(commands.get(at)));
            folders.add(status(folder, reply));
        }
        return folders;
    }

    private FolderStatus status(Listed folder, Optional<ImapReply> reply) {
        Optional<ImapValue.Group> numbers = reply.filter(ImapReply::isOk).stream()
                .flatMap(answer -> responses(answer, "STATUS").stream())
                .filter(response -> response.size() >= 2
                        && response.get(0).text().equals(folder.name().wire()))
                .flatMap(response -> response.get(1) instanceof ImapValue.Group group
                        ? Stream.of(group)
                        : Stream.<ImapValue.Group>empty())
                .findFirst();
        return new FolderStatus(
                name(folder.name().wire()),
                folder.attributes().stream().map(transport::masked).toList(),
                number(numbers, "MESSAGES"),
                number(numbers, "UNSEEN"),
                number(numbers, "SIZE"),
                reply.filter(answer -> !answer.isOk()).map(answer -> transport.masked(answer.tagged())));
    }

    private static OptionalLong number(Optional<ImapValue.Group> numbers, String item) {
        return numbers.flatMap(group -> group.of(item))
                .flatMap(ImapValue::number)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private List<Quota> quotas() throws FailureException {
        List<Quota> quotas = new ArrayList<>();
        for (List<ImapValue> response : ask("QUOTA", "GETQUOTAROOT INBOX", "QUOTA")) {
            if (response.size() >= 2 && response.get(1) instanceof ImapValue.Group(List<ImapValue> values)) {
                for (int i = 0; i + 2 < values.size(); i += 3) {
                    Optional<Long> used = values.get(i + 1).number();
                    Optional<Long> limit = values.get(i + 2).number();
                    if (used.isPresent() && limit.isPresent()) {
                        quotas.add(new Quota(shown(response.get(0)), shown(values.get(i)), used.get(), limit.get()));
                    }
                }
            }
        }
        return quotas;
    }

    private String name(String wire) {
        return transport.masked(new MailboxName(wire).text());
    }

    private String shown(ImapValue value) {
        return transport.masked(value.text());
    }

    /** The responses to what only some servers know; a refusal is none. */
    private List<List<ImapValue>> ask(String capability, String command, String response) throws FailureException {
        return capabilities.contains(capability) ? responses(reply(command), response) : List.of();
    }

    private ImapReply demand(String command) throws FailureException {
        ImapReply reply = reply(command);
        if (!reply.isOk()) {
            throw new FailureException(
                    new Failure.CommandRejected(transport.phase(), command.split(" ", 2)[0], reply.tagged()));
        }
        return reply;
    }

    private ImapReply reply(String command) throws FailureException {
        List<ImapAnswer> answers = new ArrayList<>();
        pipeline.run(List.of(new ImapCommand(command)), answers::add);
        return answers.getFirst().reply();
    }

    /** What stands behind the name of each untagged response of that kind. */
    private static List<List<ImapValue>> responses(ImapReply reply, String kind) {
        String start = "* " + kind + " ";
        return reply.untagged().stream()
                .filter(line -> line.regionMatches(true, 0, start, 0, start.length()))
                .map(line -> ImapValue.in(line.substring(start.length())))
                .toList();
    }

    /** A line of LIST. */
    private record Listed(MailboxName name, List<String> attributes) {
        static Optional<Listed> of(List<ImapValue> response) {
            return response.size() >= 3 && response.getFirst() instanceof ImapValue.Group attributes
                    ? Optional.of(new Listed(new MailboxName(response.get(2).text()), attributes.words()))
                    : Optional.empty();
        }

        boolean holdsMessages() {
            return attributes.stream()
                    .noneMatch(word -> word.equalsIgnoreCase("\\Noselect") || word.equalsIgnoreCase("\\NonExistent"));
        }
    }
}
