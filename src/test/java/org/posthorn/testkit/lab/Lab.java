package org.posthorn.testkit.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The servers of {@code src/test/lab}, started when a test first asks for them. They are children of one {@code lab
 * serve} process, which ends them all when its input ends: also when this JVM is killed.
 */
public final class Lab implements AutoCloseable {

    private static final Path PROGRAM = Path.of("src/test/lab/bin/lab").toAbsolutePath();
    private static final long END_SECONDS = 60;

    private final Map<String, LabServer> started = new HashMap<>();
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    private Lab(Process process) {
        this.process = process;
        this.commands = process.outputWriter();
        this.answers = process.inputReader();
    }

    static Lab start() {
        try {
            ProcessBuilder builder = new ProcessBuilder("python3", PROGRAM.toString(), "serve");
            builder.environment()
                    .put(
                            "POSTHORN_LAB_STATE",
                            Files.createTempDirectory("posthorn-lab-").toString());
            return new Lab(builder.redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException("The lab needs python3: run src/test/lab/bin/install as root.", e);
        }
    }

    /** The server as it comes, for example {@code dovecot}. */
    public LabServer server(String service) {
        return named(service);
    }

    /** The server with one thing changed, for example {@code dovecot} with {@code cert-expired}. */
    public LabServer server(String service, String variant) {
        return named(service + "@" + variant);
    }

    /** The certificate of that name as PEM: {@code root} is the authority behind all but the wrong ones. */
    public Path certificate(String name) {
        return Path.of(ask("certificates").getFirst()).resolve(name + ".pem");
    }

    /** Where a server keeps its files, once it is started. */
    public Path folder(String server) {
        return Path.of(ask("certificates").getFirst()).resolveSibling(server);
    }

    /** Every server that could be started, as {@code service} or {@code service@variant}. */
    List<String> names() {
        return ask("list");
    }

    synchronized LabServer named(String name) {
        return started.computeIfAbsent(name, this::up);
    }

    private LabServer up(String name) {
        Map<String, Integer> ports = new HashMap<>();
        String host = "";
        for (String line : ask("up " + name)) {
            String key = line.substring(name.length() + 1, line.indexOf('='));
            String value = line.substring(line.indexOf('=') + 1);
            if (key.equals("host")) {
                host = value;
            } else {
                ports.put(key, Integer.valueOf(value));
            }
        }
        return new LabServer(name, host, ports);
    }

    private synchronized List<String> ask(String command) {
        List<String> answer = new ArrayList<>();
        try {
            commands.write(command + "\n");
            commands.flush();
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.equals("ok")) {
                    return answer;
                }
                answer.add(line);
                if (line.startsWith("failed: ")) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The lab does not answer '" + command + "'.", e);
        }
        throw new IllegalStateException("The lab could not '" + command + "': " + String.join("\n", answer));
    }

    /** Ends all servers. */
    @Override
    public void close() throws IOException {
        commands.close();
        process.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
    }
}
