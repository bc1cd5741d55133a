package org.posthorn.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import org.posthorn.release.Build;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The program in the terminal: arguments in, an exit code out. */
public final class Terminal {
    private final Console console;
    private final Interruption interruption = new Interruption();

    /**
     * With the streams of the process or of a test.
     *
     * @param environment where secrets are looked up by the name of a variable
     */
    public Terminal(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
        this.console = new Console(in, out, err, environment);
    }

    /** Carries out one command on the calling thread. */
    public int run(String... arguments) {
        try {
            return commands().execute(arguments);
        } catch (LinkageError e) {
            // Picocli hands on exceptions alone; a part that is missing from the package is a bug too.
            return bug(new Paper(console.err()), e);
        }
    }

    /** Ends the command that runs; returns when it has printed what it knows. May be called from any thread. */
    public void interrupt() {
        interruption.interrupt();
    }

    CommandLine commands() {
        Paper err = new Paper(console.err());
        return withVersion(withHelp(new PosthornCommand()))
                .addSubcommand(withHelp(new CheckCommand(console, interruption)))
                .addSubcommand(withHelp(new SendCommand(console, interruption)))
                .addSubcommand(withHelp(new SurveyCommand(console, interruption)))
                .addSubcommand(withHelp(new FoldersCommand(console, interruption)))
                .addSubcommand(withHelp(new MessagesCommand(console, interruption)))
                .addSubcommand(withHelp(new WatchCommand(console, interruption)))
                .addSubcommand(withHelp(new DownloadCommand(console, interruption)))
                .addSubcommand(withHelp(new UploadCommand(console, interruption)))
                .addSubcommand(withHelp(new DemoCommand(console, interruption)))
                // An argument is taken as it stands: a leading @ is no file, and case matters.
                .setExpandAtFiles(false)
                .setOut(new PrintWriter(console.out(), true, console.out().charset()))
                .setParameterExceptionHandler((mistake, _) -> usage(err, Mistakes.sentence(mistake)))
                .setExecutionExceptionHandler((exception, _, _) -> exception instanceof UsageMistake mistake
                        ? usage(err, Optional.ofNullable(mistake.getMessage()).orElse(""))
                        : bug(err, exception));
    }

    private static CommandLine withHelp(Object command) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Shows this help.")
                        .build());
        return line;
    }

    private static CommandLine withVersion(CommandLine line) {
        line.getCommandSpec()
                .version("posthorn " + Build.current().version())
                .addOption(OptionSpec.builder("--version")
                        .versionHelp(true)
                        .description("Shows the version.")
                        .build());
        return line;
    }

    private static int usage(Paper err, String sentence) {
        err.line("posthorn: " + sentence);
        return ExitCode.WRONG_USAGE.number();
    }

    private static int bug(Paper err, Throwable exception) {
        err.line("This is a bug in Posthorn, not a fault of the mail server or of these settings.");
        BugReport.lines(exception).forEach(err::line);
        return ExitCode.BUG.number();
    }
}
