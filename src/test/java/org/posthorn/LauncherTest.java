package org.posthorn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The shell launcher, run from a copy of the packaged program. A scripted Java tells what the launcher asked of it. */
@Tag("packaged")
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    private record Run(int exitCode, String out, String err, long pid) {}

    @TempDir
    Path folder;

    private Path program;

    @BeforeEach
    void copyTheProgram() throws IOException {
        program = folder.resolve("a folder/posthorn");
        Path packaged = Path.of(System.getProperty("posthorn.program"));
        try (Stream<Path> files = Files.walk(packaged)) {
            for (Path file : files.toList()) {
                Path copy = program.resolve(packaged.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @Test
    void startsTheModuleWithTheJavaItWasBuiltWith() throws Exception {
        Run run = run(launcher(), Map.of(), "no-such-command");

        assertThat(run.err()).contains("no-such-command");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void runsTheDemoFromItsOwnModules() throws Exception {
        Run run = run(launcher(), Map.of(), "demo");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void startsThroughSymbolicLinks() throws Exception {
        Path absolute = Files.createSymbolicLink(folder.resolve("absolute"), launcher());
        Path relative = Files.createSymbolicLink(folder.resolve("relative"), Path.of("absolute"));
        scriptJava(program.resolve("runtime"), "bundled");

        assertThat(run(relative, Map.of()).out()).startsWith("bundled");
        assertThat(run(absolute, Map.of()).out()).startsWith("bundled");
    }

    @Test
    void prefersTheBundledJava() throws Exception {
        scriptJava(program.resolve("runtime"), "bundled");
        scriptJava(folder.resolve("home"), "home");

        Run run = run(launcher(), Map.of("JAVA_HOME", folder.resolve("home").toString()));

        assertThat(run.out()).startsWith("bundled");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void givesTheBundledJavaTheStartUpCacheOfTheWindowOrOfACommand() throws Exception {
        scriptJava(program.resolve("runtime"), "bundled");
        Path window = Files.createFile(program.resolve("lib/window.aot"));
        Path command = Files.createFile(program.resolve("lib/command.aot"));

        assertThat(run(launcher(), Map.of()).out()).contains("<-XX:AOTCache=" + window.toRealPath() + ">\n");
        assertThat(run(launcher(), Map.of(), "demo").out())
                .contains("<-XX:AOTCache=" + command.toRealPath() + ">\n")
                .contains("<--module-path>\n</proc/self/fd/9>\n");
    }

    @Test
    void givesNoOtherJavaAStartUpCache() throws Exception {
        Files.writeString(program.resolve("lib/java.home"), folder.resolve("gone") + "\n");
        Files.createFile(program.resolve("lib/command.aot"));
        scriptJava(folder.resolve("home"), "home");

        Run run = run(launcher(), Map.of("JAVA_HOME", folder.resolve("home").toString()), "demo");

        assertThat(run.out()).startsWith("home").doesNotContain("AOTCache");
    }

    @Test
    void takesJavaHomeWhenTheJavaItWasBuiltWithIsGone() throws Exception {
        Files.writeString(program.resolve("lib/java.home"), folder.resolve("gone") + "\n");
        scriptJava(folder.resolve("my java"), "home");

        Run run = run(launcher(), Map.of("JAVA_HOME", folder.resolve("my java").toString()));

        assertThat(run.out()).startsWith("home");
    }

    @Test
    void saysWhatToInstallWhenEveryJavaIsTooOldWhateverThePathHolds() throws Exception {
        Files.delete(program.resolve("lib/java.home"));
        Path old = scriptJava(folder.resolve("old"), "old");
        Files.writeString(folder.resolve("old/release"), "JAVA_VERSION=\"17.0.15\"\n");
        String path = old.getParent() + ":" + System.getenv("PATH");

        Run run = run(launcher(), Map.of("JAVA_HOME", folder.resolve("old").toString(), "PATH", path));

        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo(
                        "posthorn: no Java 25 or later was found: install a JDK 25 and set JAVA_HOME to its folder.\n");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void handsOnArgumentsAndTheExitCodeUnchanged() throws Exception {
        scriptJava(program.resolve("runtime"), "bundled");

        Run run = run(launcher(), Map.of(), "check", "two words", "", "*", "@file", "$HOME\"'\\");

        assertThat(run.out())
                .endsWith("<--module>\n<org.posthorn>\n<check>\n<two words>\n<>\n<*>\n<@file>\n<$HOME\"'\\>\n");
        assertThat(run.exitCode()).isEqualTo(7);
    }

    @Test
    void becomesJavaSoThatSignalsReachIt() throws Exception {
        scriptJava(program.resolve("runtime"), "bundled");

        Run run = run(launcher(), Map.of());

        assertThat(run.out()).startsWith("bundled " + run.pid() + "\n");
    }

    private Path launcher() {
        return program.resolve("bin/posthorn");
    }

    private static Path scriptJava(Path home, String name) throws IOException {
        Path java = home.resolve("bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, """
            #!/bin/sh
            echo "%s $$"
            for argument in "$@"; do echo "<$argument>"; done
            exit 7
            """.formatted(name));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"nobody\"\nJAVA_VERSION=\"25.0.3\"\n");
        return java;
    }

    private Run run(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().remove("JAVA_HOME");
        builder.environment().putAll(environment);
        Process process = builder.start();
        int exitCode = process.waitFor();
        return new Run(exitCode, Files.readString(out, UTF_8), Files.readString(err, UTF_8), process.pid());
    }
}
