package org.posthorn.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A command that was carried out, with what it left. */
record CommandRun(int exitCode, String out, String err) {

    static CommandRun of(String... arguments) {
        return of(Map.of(), "", arguments);
    }

    static CommandRun of(Map<String, String> environment, String in, String... arguments) {
        return of(environment, new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), arguments);
    }

    static CommandRun of(Map<String, String> environment, InputStream in, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exitCode = terminal(environment, in, out, err).run(arguments);
        return new CommandRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Terminal terminal(
            Map<String, String> environment, InputStream in, ByteArrayOutputStream out, ByteArrayOutputStream err) {
        // A command that may leave nothing in this person's own folders.
        Map<String, String> variables = new HashMap<>(environment);
        variables.putIfAbsent("XDG_STATE_HOME", "/dev/null/none");
        return new Terminal(
                in,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                variables);
    }

    /** One that the person has interrupted before it could do anything. */
    static CommandRun interrupted(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        Terminal terminal = terminal(Map.of(), InputStream.nullInputStream(), out, err);
        terminal.interrupt();
        int exitCode = terminal.run(arguments);
        return new CommandRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The one object on standard output; anything else there fails the test. */
    JsonNode json() {
        return JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .readTree(out);
    }

    /** A command under way on another thread. */
    record Running(Terminal terminal, CompletableFuture<CommandRun> result) {

        CommandRun end() {
            return result.join();
        }
    }

    static Running start(Map<String, String> environment, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        Terminal terminal = terminal(environment, InputStream.nullInputStream(), out, err);
        CompletableFuture<CommandRun> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                int exitCode = terminal.run(arguments);
                result.complete(new CommandRun(
                        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8)));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return new Running(terminal, result);
    }
}
