package org.posthorn.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.posthorn.client.LoginGuard;
import org.posthorn.diagnosis.Finding;
import org.posthorn.mailbox.folders.FolderStatus;
import org.posthorn.mailbox.folders.MailboxOverview;
import org.posthorn.mailbox.folders.OverviewReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code posthorn folders}: what a server says of a mailbox. */
@Command(
        name = "folders",
        description = {
            "Lists the folders of an IMAP mailbox as the server describes them: messages, unread and bytes, its"
                + " namespaces, the quota, and who the server says it is (ID). No folder is opened; survey counts the"
                + " messages themselves."
        },
        customSynopsis = "posthorn folders --imap HOST[:PORT] | --account NAME [OPTION...]",
        sortOptions = false,
        footer = {
            "",
            "For example: posthorn folders --imap mail.example.org --user alice --password-env MAIL_PASSWORD",
            "",
            "--json prints schema, endpoint, outcome (ready, failed, cancelled), server, namespaces (kind, prefix,"
                + " delimiter), folders (name, attributes, messages, unseen, bytes, refusal), quotas (root, resource,"
                + " used, limit), session and findings."
        })
final class FoldersCommand implements Callable<Integer> {
    private final Console console;
    private final Interruption interruption;

    @Mixin
    private EndpointOptions options = new EndpointOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    FoldersCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        HeavyWork work = HeavyWork.ofImap(console, interruption, options, output, "folders are listed");
        return work.run(
                client -> Reading.over(
                        client, interruption.cancellation(), mail -> OverviewReader.read(client.endpoint(), mail)),
                Reading::session,
                Reading::exitCode,
                this::show);
    }

    private void show(Reading<MailboxOverview> told, LoginGuard guard) {
        List<Finding> findings = HeavyWork.findings(told.session());
        if (output.json()) {
            JsonText.print(json(told, findings, guard), console.out());
            return;
        }
        Paper paper = new Paper(console.out());
        CheckReport.printSession(told.session(), paper);
        told.result().ifPresent(overview -> print(overview, paper));
        CheckReport.printFindings(findings, paper);
    }

    private static Map<String, Object> json(Reading<MailboxOverview> told, List<Finding> findings, LoginGuard guard) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", CheckJson.SCHEMA);
        json.put("endpoint", CheckJson.endpoint(told.session().endpoint()));
        json.put("outcome", CheckJson.word(told.session().outcome()));
        json.put("server", told.result().map(MailboxOverview::server));
        json.put(
                "namespaces",
                told.result().stream()
                        .flatMap(overview -> overview.namespaces().stream())
                        .map(each -> Map.of(
                                "kind", each.kind().word(), "prefix", each.prefix(), "delimiter", each.delimiter()))
                        .toList());
        json.put(
                "folders",
                told.result().stream()
                        .flatMap(overview -> overview.folders().stream())
                        .map(FoldersCommand::json)
                        .toList());
        json.put(
                "quotas",
                told.result().stream()
                        .flatMap(overview -> overview.quotas().stream())
                        .map(each -> Map.of(
                                "root",
                                each.root(),
                                "resource",
                                each.resource(),
                                "used",
                                each.used(),
                                "limit",
                                each.limit()))
                        .toList());
        json.put("session", CheckJson.of(told.session(), findings, guard));
        json.put("findings", findings.stream().map(CheckJson::finding).toList());
        return json;
    }

    private static Map<String, Object> json(FolderStatus folder) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", folder.name());
        json.put("attributes", folder.attributes());
        json.put("messages", number(folder.messages()));
        json.put("unseen", number(folder.unseen()));
        json.put("bytes", number(folder.bytes()));
        json.put("refusal", folder.refusal());
        return json;
    }

    private static Optional<Long> number(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }

    private static void print(MailboxOverview overview, Paper paper) {
        paper.line("");
        if (!overview.server().isEmpty()) {
            paper.line("  Server: "
                    + String.join(
                            ", ",
                            overview.server().entrySet().stream()
                                    .map(entry -> entry.getKey() + " " + entry.getValue())
                                    .toList()));
        }
        overview.namespaces()
                .forEach(each -> paper.line("  Namespace: " + each.kind().word() + " \"" + each.prefix() + "\""
                        + each.delimiter()
                                .map(between -> ", levels divided by " + between)
                                .orElse("")));
        overview.quotas()
                .forEach(each -> paper.line("  Quota: " + each.resource() + " "
                        + ProgressLines.count(each.used()) + " of " + ProgressLines.count(each.limit())
                        + (each.resource().equalsIgnoreCase("STORAGE") ? " KiB" : "") + " (" + each.root() + ")"));
        paper.line("");
        paper.line("  " + row("messages", "unread", "size", "folder"));
        overview.folders().forEach(folder -> paper.line("  " + row(folder)));
        paper.line("");
    }

    private static String row(FolderStatus folder) {
        String attributes = folder.attributes().isEmpty() ? "" : "  " + String.join(" ", folder.attributes());
        return row(
                number(folder.messages()).map(ProgressLines::count).orElse("–"),
                number(folder.unseen()).map(ProgressLines::count).orElse("–"),
                number(folder.bytes()).map(ProgressLines::size).orElse("–"),
                folder.name()
                        + attributes
                        + folder.refusal().map(text -> "  (" + text + ")").orElse(""));
    }

    private static String row(String... columns) {
        return String.format(Locale.ROOT, "%10s %8s %12s  %s", (Object[]) columns);
    }
}
