package org.posthorn.storage.keychain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A session bus of its own, with GNOME Keyring on it if asked for, and a program of ours that talks to it. */
final class DesktopSession implements AutoCloseable {
    private final Path folder;
    private final Process bus;
    private final String address;
    private Optional<Process> keyring = Optional.empty();
    private final List<Process> others = new ArrayList<>();

    DesktopSession(Path folder) throws IOException {
        this.folder = folder;
        // Without activation: what answers for the keychain is what the test has started.
        Path configuration = Files.writeString(
                folder.resolve("bus.conf"),
                "<busconfig><type>session</type><listen>unix:dir=" + folder + "</listen><policy context='default'>"
                        + "<allow send_destination='*' eavesdrop='true'/><allow eavesdrop='true'/><allow own='*'/>"
                        + "</policy></busconfig>");
        bus = bare("dbus-daemon", "--nofork", "--print-address", "--config-file=" + configuration)
                .start();
        address = bus.inputReader().readLine();
    }

    /** Starts the keyring with its login collection open under a passphrase. */
    void startKeyring(String passphrase) throws IOException {
        Process daemon = process("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
                .start();
        keyring = Optional.of(daemon);
        try (OutputStream in = daemon.getOutputStream()) {
            in.write(passphrase.getBytes(StandardCharsets.UTF_8));
        }
        awaitKeyring();
    }

    /** Starts the keyring as a session does that was not logged in to: without any collection. */
    void startKeyringWithoutCollection() throws IOException {
        keyring = Optional.of(process("gnome-keyring-daemon", "--foreground", "--start", "--components=secrets")
                .start());
        awaitKeyring();
    }

    void lock() throws IOException {
        call("org.freedesktop.Secret.Service.Lock", "array:objpath:/org/freedesktop/secrets/aliases/default");
    }

    void endKeyring() {
        keyring.ifPresent(DesktopSession::end);
    }

    void endBus() {
        end(bus);
    }

    /** Starts our program in this session; a question to a person is given up after so many milliseconds. */
    Program program(long patience) throws IOException {
        return program(patience, Map.of("DBUS_SESSION_BUS_ADDRESS", address));
    }

    Program program(long patience, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = bare(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KeychainProgram.class.getName(),
                Long.toString(patience));
        builder.environment().putAll(environment);
        Process program = builder.start();
        others.add(program);
        return new Program(program, program.outputWriter(), program.inputReader());
    }

    /** Every file of the session, the keyring's own included. */
    List<Path> files() throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    record Program(Process process, Writer in, BufferedReader out) {
        String ask(String command) throws IOException {
            in.write(command + "\n");
            in.flush();
            return String.valueOf(out.readLine());
        }
    }

    @Override
    public void close() {
        others.forEach(DesktopSession::end);
        endKeyring();
        endBus();
    }

    private void awaitKeyring() throws IOException {
        while (!call("org.freedesktop.DBus.Peer.Ping")) {
            if (!keyring.orElseThrow().isAlive()) {
                throw new IllegalStateException("GNOME Keyring has ended: run src/test/lab/bin/install as root");
            }
        }
    }

    private boolean call(String method, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "dbus-send",
                "--bus=" + address,
                "--print-reply",
                "--dest=org.freedesktop.secrets",
                "/org/freedesktop/secrets",
                method));
        command.addAll(List.of(arguments));
        Process call = process(command.toArray(String[]::new))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return call.onExit().join().exitValue() == 0;
    }

    private ProcessBuilder process(String... command) {
        ProcessBuilder builder = bare(command);
        builder.environment().put("DBUS_SESSION_BUS_ADDRESS", address);
        return builder;
    }

    private ProcessBuilder bare(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .keySet()
                .removeAll(List.of("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_DATA_HOME", folder.toString());
        return builder;
    }

    private static void end(Process process) {
        process.destroyForcibly().onExit().join();
    }
}
