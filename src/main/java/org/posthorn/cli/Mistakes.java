package org.posthorn.cli;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says in one sentence what is wrong with the arguments. It never repeats a value: a password that was typed where none
 * belongs must not come back on the screen.
 */
final class Mistakes {
    private static final Pattern OPTION = Pattern.compile("--[a-z0-9]+(?:-[a-z0-9]+)*");

    private Mistakes() {}

    static String sentence(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        return switch (mistake) {
            case UnmatchedArgumentException unmatched -> unmatched(command, unmatched.getUnmatched());
            case MutuallyExclusiveArgsException several ->
                "these exclude each other: " + options(several) + "; give one of them.";
            case MissingParameterException missing ->
                option(missing.getMissing(), command) + " needs a value" + help(command);
            case OverwrittenOptionException twice ->
                option(List.of(twice.getOverwritten()), command) + " is given twice; give it once.";
            default ->
                option(Stream.ofNullable(mistake.getArgSpec()).toList(), command) + " cannot be used so"
                        + help(command);
        };
    }

    /** Their names alone. */
    private static String options(MutuallyExclusiveArgsException several) {
        return OPTION.matcher(String.valueOf(several.getMessage()))
                .results()
                .map(MatchResult::group)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String option(List<ArgSpec> specs, CommandLine command) {
        return specs.stream()
                .filter(OptionSpec.class::isInstance)
                .map(OptionSpec.class::cast)
                .map(OptionSpec::longestName)
                .findFirst()
                .orElse(command.getCommandName());
    }

    private static String help(CommandLine command) {
        return "; see posthorn " + command.getCommandName() + " --help.";
    }

    private static String unmatched(CommandLine command, List<String> arguments) {
        boolean root = command.getParent() == null;
        if (root && !arguments.getFirst().startsWith("-")) {
            return "no such command: " + arguments.getFirst() + "; the commands are "
                    + String.join(", ", command.getSubcommands().keySet()) + ".";
        }
        return arguments.stream()
                .filter(argument -> argument.startsWith("-"))
                .findFirst()
                .map(argument -> unknownOption(argument.replaceFirst("=.*", "")))
                .orElse("an argument belongs to no option" + help(command));
    }

    private static String unknownOption(String option) {
        return option.equals("--password")
                ? "other users of this machine can read arguments: give the password by --password-env,"
                        + " --password-file or --password-stdin."
                : "there is no option " + option + "; see posthorn --help.";
    }
}
