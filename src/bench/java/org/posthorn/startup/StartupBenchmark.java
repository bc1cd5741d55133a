package org.posthorn.startup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long the packaged program takes to start, beside an empty window and an empty command on the same runtime, in turns:
 * {@code StartupBenchmark IMAGE ROUNDS}, on an X display. A window counts from the moment that the display shows it.
 */
public final class StartupBenchmark {

    private final Path image;
    private final Path home;

    private StartupBenchmark(Path image, Path home) {
        this.image = image;
        this.home = home;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("startup");
        new StartupBenchmark(Path.of(arguments[0]).toAbsolutePath(), home).run(Integer.parseInt(arguments[1]));
    }

    private void run(int rounds) throws IOException, InterruptedException {
        String program = image.resolve("bin/posthorn").toString();
        Map<String, List<Long>> millis = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            add(millis, "empty window", window(java(EmptyWindow.class)));
            add(millis, "Posthorn's window", window(List.of(program)));
            add(millis, "empty command", command(java(EmptyCommand.class)));
            add(millis, "posthorn --help", command(List.of(program, "--help")));
            add(millis, "posthorn demo", command(List.of(program, "demo")));
        }
        millis.forEach((name, times) -> System.out.printf(
                "%-18s %5d ms (median of %d; %d to %d)%n",
                name, times.get(times.size() / 2), times.size(), times.getFirst(), times.getLast()));
    }

    private static void add(Map<String, List<Long>> millis, String name, long time) {
        List<Long> times = millis.computeIfAbsent(name, _ -> new ArrayList<>());
        times.add(time);
        times.sort(null);
    }

    private List<String> java(Class<?> main) {
        return List.of(
                image.resolve("runtime/bin/java").toString(),
                "--add-modules=javafx.controls",
                "--enable-native-access=javafx.graphics",
                "-cp",
                "target/test-classes",
                main.getName());
    }

    private long command(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int code = start(command).waitFor();
        long end = System.nanoTime();
        if (code != 0) {
            throw new IOException(command + " ended with " + code);
        }
        return (end - start) / 1_000_000;
    }

    private long window(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = start(command);
        while (!isShown()) {
            if (!process.isAlive()) {
                throw new IOException(command + " ended with " + process.exitValue());
            }
        }
        long end = System.nanoTime();
        process.destroy();
        process.waitFor();
        return (end - start) / 1_000_000;
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("XDG_CONFIG_HOME", home.toString());
        builder.environment().put("XDG_STATE_HOME", home.toString());
        return builder.start();
    }

    private static boolean isShown() throws IOException, InterruptedException {
        Process tree = new ProcessBuilder("xwininfo", "-root", "-tree").start();
        String windows = new String(tree.getInputStream().readAllBytes(), UTF_8);
        tree.waitFor();
        return windows.contains("\"Posthorn");
    }
}
