package org.posthorn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testkit.ScriptedServer;

/** The program as a process of its own. */
class MainTest {
    @TempDir
    Path folder;

    /** Where the tests themselves run with interrupts ignored, a child would inherit that and never hear one. */
    private static List<String> interruptible() {
        return OS.current() == OS.LINUX ? List.of("env", "--default-signal=INT") : List.of();
    }

    private Process start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(interruptible());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + folder.resolve("classes"),
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "org.posthorn.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    @Test
    void aCommandNeverLoadsTheWindow() throws Exception {
        Process process = start("demo", "--json");
        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(folder.resolve("out"), UTF_8)).startsWith("{\"schema\":1,\"outcome\":\"ready\"");
        assertThat(Files.readString(folder.resolve("classes")))
                .contains("org.posthorn.cli.DemoCommand")
                .doesNotContain("javafx.", "com.sun.javafx", "com.sun.glass");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anInterruptPrintsTheJsonSoFarAndEndsWith130() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ScriptedServer.Script silence = peer -> {
            connected.countDown();
            peer.hold();
        };
        try (ScriptedServer server = ScriptedServer.of(silence)) {
            Process process =
                    start("check", "--imap", server.host() + ":" + server.port(), "--security", "none", "--json");
            assertThat(connected.await(1, TimeUnit.MINUTES)).isTrue();
            int killed = new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(killed).isZero();
            assertThat(process.waitFor()).isEqualTo(130);
            assertThat(Files.readString(folder.resolve("out"), UTF_8))
                    .startsWith("{\"schema\":1")
                    .contains("\"outcome\":\"cancelled\"")
                    .hasLineCount(1);
        }
    }
}
