package org.posthorn.cli;

import java.util.List;
import java.util.Locale;
import org.posthorn.account.Endpoint;
import org.posthorn.client.CheckResult;
import org.posthorn.client.PipeliningState;
import org.posthorn.diagnosis.Evidence;
import org.posthorn.diagnosis.Finding;
import org.posthorn.diagnosis.Severity;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Outcome;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.Timeline;

/** A check as a person reads it. */
final class CheckReport {
    private static final int WIDTH = 100;
    private static final String INDENT = "    ";

    private final Paper paper;

    private CheckReport(Paper paper) {
        this.paper = paper;
    }

    static void print(CheckResult result, List<Finding> findings, Paper paper) {
        CheckReport report = new CheckReport(paper);
        report.session(result);
        report.capabilities(result.timeline());
        result.pipelining().ifPresent(report::pipelining);
        report.end(result);
        findings.forEach(report::finding);
        paper.line("");
    }

    /** The way to the server alone, for a command that then tells more. */
    static void printSession(CheckResult result, Paper paper) {
        CheckReport report = new CheckReport(paper);
        report.session(result);
        result.pipelining().ifPresent(report::pipelining);
    }

    static void printFindings(List<Finding> findings, Paper paper) {
        findings.forEach(new CheckReport(paper)::finding);
    }

    private void session(CheckResult result) {
        head(result.endpoint());
        result.timeline().records().forEach(this::phase);
    }

    private void head(Endpoint endpoint) {
        paper.line(endpoint.protocol() + " " + endpoint.hostName() + " port " + endpoint.effectivePort() + ", security "
                + endpoint.security().label());
        paper.line("");
    }

    private void phase(PhaseRecord record) {
        paper.line(String.format(
                        Locale.ROOT,
                        "  %s %-12s %10s  %s",
                        mark(record.outcome()),
                        record.phase().label(),
                        PhaseSummary.millis(record.elapsed()),
                        PhaseSummary.of(record.facts()))
                .stripTrailing());
    }

    private static String mark(Outcome outcome) {
        return switch (outcome) {
            case OK -> "✓";
            case FAILED -> "✕";
            case SKIPPED, CANCELLED, RUNNING -> "–";
        };
    }

    /** The last stage that was reached is the one that counts. */
    private void capabilities(Timeline timeline) {
        timeline.latest(Facts.Announced.class)
                .filter(announced -> !announced.capabilities().isEmpty())
                .ifPresent(announced -> {
                    paper.line("");
                    paper.line("  Capabilities " + PhaseSummary.stage(announced.stage()) + ":");
                    wrap(String.join("  ", announced.capabilities()));
                });
    }

    private void pipelining(PipeliningState state) {
        paper.line("  Pipelining: " + (state.supported() ? "supported" : "not announced") + ", "
                + (state.inForce() ? "in force" : "not in force"));
    }

    private void end(CheckResult result) {
        paper.line("");
        paper.line(
                switch (result.outcome()) {
                    case READY -> "Ready.";
                    case STOPPED -> "Stopped as asked.";
                    case FAILED ->
                        "Failed at: "
                                + result.timeline()
                                        .failure()
                                        .map(failure -> failure.stage().label())
                                        .orElse("");
                    case CANCELLED -> "Interrupted.";
                });
    }

    private void finding(Finding finding) {
        paper.line("");
        wrap(title(finding.severity()) + finding.user());
        finding.evidence().stream().map(Evidence::text).forEach(line -> paper.line(INDENT + "• " + line));
        wrap("What to do (" + finding.actor().label() + "): " + finding.remedy());
    }

    private static String title(Severity severity) {
        return switch (severity) {
            case ERROR -> "";
            case WARNING -> "Warning: ";
            case INFO -> "Note: ";
        };
    }

    private void wrap(String text) {
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() > WIDTH && line.length() > INDENT.length()) {
                paper.line(line.toString().stripTrailing());
                line = new StringBuilder(INDENT);
            }
            line.append(word).append(' ');
        }
        paper.line(line.toString().stripTrailing());
    }
}
