package org.posthorn.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** What can be known about the packages of all three systems without building them. */
class PackagingTest {

    private static final Path PACKAGING = Path.of("packaging");
    private static final List<String> SCRIPTS = List.of("linux/package", "macos/package", "windows/package.ps1");

    private static final Pattern FILE = Pattern.compile("(?<![\\w/])(?:packaging|icons|src/main)/[\\w./-]*\\w");

    @Test
    void linksTheSameModulesOnEverySystemButTheKeyStoreOfWindows() throws IOException {
        for (String script : SCRIPTS) {
            String text = Files.readString(PACKAGING.resolve(script));

            assertThat(text).contains("@packaging/jlink.arguments");
            assertThat(found(text, "--add-modules ([\\w.,]+)"))
                    .isEqualTo(script.startsWith("windows") ? List.of("jdk.crypto.mscapi") : List.of());
        }
    }

    @Test
    void namesOnlyModulesThatThereAre() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String list : found(Files.readString(PACKAGING.resolve("jlink.arguments")), "--add-modules ([\\w.,]+)")) {
            named.addAll(Arrays.asList(list.split(",")));
        }

        assertThat(named).contains("javafx.controls", "java.naming", "jdk.unsupported");
        assertThat(named)
                .allMatch(name -> name.startsWith("javafx.")
                        || ModuleLayer.boot().findModule(name).isPresent()
                        || Path.of(System.getProperty("java.home"), "legal", name)
                                .toFile()
                                .isDirectory());
    }

    @Test
    void startsTheJvmAlikeOnEverySystem() throws IOException {
        List<String> launcher;
        try (Stream<String> lines = Files.lines(PACKAGING.resolve("launcher/java.arguments"))) {
            // On the class path Posthorn is no module with a name.
            launcher = lines.filter(line -> line.startsWith("-") && !line.endsWith("MODULE-PATH"))
                    .map(line -> line.replace("org.posthorn", "ALL-UNNAMED"))
                    .toList();
        }

        assertThat(found(Files.readString(PACKAGING.resolve("jpackage.arguments")), "--java-options (\\S+)"))
                .isNotEmpty()
                .isEqualTo(launcher);
    }

    @Test
    void makesAStartUpCacheForEachLauncherOnEverySystem() throws IOException {
        for (String script : SCRIPTS) {
            assertThat(Files.readString(PACKAGING.resolve(script))).contains("command.aot", "window.aot");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "packaging/linux/package",
                "packaging/macos/package",
                "packaging/windows/package.ps1",
                ".ci/packages",
                ".github/workflows/release.yml"
            })
    void mentionsOnlyFilesThatThereAre(String script) throws IOException {
        List<String> mentioned = FILE.matcher(Files.readString(Path.of(script)))
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(mentioned).isNotEmpty().allMatch(file -> Files.exists(Path.of(file)));
    }

    @Test
    void givesBothSystemsWithoutAShellASecondLauncherForCommands() throws IOException {
        for (String system : List.of("windows", "macos")) {
            Properties launcher = new Properties();
            launcher.load(
                    new StringReader(Files.readString(PACKAGING.resolve(system).resolve("posthorn-cli.properties"))));

            assertThat(launcher).isNotEmpty();
            assertThat(launcher.getProperty("win-console")).isEqualTo(system.equals("windows") ? "true" : null);
        }
    }

    @Test
    void allowsTheHardenedRuntimeOnlyWhatTheJvmNeeds() throws Exception {
        String plist = Files.readString(PACKAGING.resolve("macos/posthorn.entitlements"));
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);

        assertThat(factory.newDocumentBuilder()
                        .parse(new InputSource(new StringReader(plist)))
                        .getElementsByTagName("key")
                        .item(0)
                        .getTextContent())
                .isEqualTo("com.apple.security.cs.allow-jit");
        assertThat(found(plist, "<key>(.*)</key>")).hasSize(1);
    }

    @Test
    void replacesAnOlderInstallerOfItsOwnKind() throws IOException {
        String script = Files.readString(PACKAGING.resolve("windows/package.ps1"));

        assertThat(found(script, "Upgrade = '([0-9a-f-]{36})'"))
                .containsExactly("ae07d947-8dad-4350-9884-31053bd9468f", "fea30a2f-d5c7-4e26-861a-86cb10a75b2e");
    }

    @Test
    void pinsEveryActionToACommit() throws IOException {
        String workflow = Files.readString(Path.of(".github/workflows/release.yml"));

        assertThat(found(workflow, "uses: (\\S+)"))
                .isNotEmpty()
                .allMatch(use -> use.matches("actions/[\\w-]+@[0-9a-f]{40}"));
    }

    @Test
    void listsEveryLibraryWithItsVersionAndLicence() throws IOException {
        List<String> listed = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("src/main/resources/org/posthorn/dependencies.txt"))) {
            String[] columns = line.split(" {2,}", -1);
            if (columns.length == 3) {
                listed.add(columns[0].toLowerCase(Locale.ROOT).replace(' ', '-') + " " + columns[1]);
            }
        }
        String pom = Files.readString(Path.of("pom.xml"));

        assertThat(listed)
                .contains(
                        "angus-mail " + version(pom, "angus-mail"),
                        "greenmail " + version(pom, "greenmail"),
                        "jackson-databind " + version(pom, "jackson"),
                        "javafx " + version(pom, "javafx"),
                        "jspecify " + version(pom, "jspecify"),
                        "picocli " + version(pom, "picocli"),
                        "saslprep " + version(pom, "saslprep"),
                        "slf4j-api " + version(pom, "slf4j"));
    }

    private static String version(String pom, String name) {
        return found(pom, "<" + name + "\\.version>(.*)</").getFirst();
    }

    private static List<String> found(String text, String regex) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .toList();
    }
}
