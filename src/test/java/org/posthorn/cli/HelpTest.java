package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What {@code --help} says. */
class HelpTest {
    private static Stream<CommandSpec> commands() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        CommandLine all = new Terminal(InputStream.nullInputStream(), nowhere, nowhere, Map.of()).commands();
        return Stream.concat(Stream.of(all), all.getSubcommands().values().stream())
                .map(CommandLine::getCommandSpec);
    }

    private static Stream<String> texts(CommandSpec command) {
        UsageMessageSpec usage = command.usageMessage();
        return Stream.of(
                        Stream.of(usage.customSynopsis(), usage.description(), usage.footer()),
                        command.args().stream().map(ArgSpec::description))
                .flatMap(texts -> texts)
                .flatMap(Arrays::stream);
    }

    /** Else Picocli complains on standard error and prints the text as it stands. */
    @ParameterizedTest
    @MethodSource("commands")
    void isAFormatThatPicocliCanRead(CommandSpec command) {
        texts(command)
                .forEach(text ->
                        assertThatCode(() -> String.format(text)).as(text).doesNotThrowAnyException());
    }
}
