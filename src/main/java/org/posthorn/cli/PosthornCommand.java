package org.posthorn.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program itself: it only names its commands. */
@Command(
        name = "posthorn",
        description = "Tests the settings of a mail account. Without a command it opens the window.",
        footer = {"", "Exit codes: 0 well, 1 a failure was found, 2 wrong usage, 3 a bug in Posthorn, 130 interrupted."
        })
final class PosthornCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new UsageMistake(
                "give a command: " + String.join(", ", spec.subcommands().keySet()) + "; see posthorn --help.");
    }
}
