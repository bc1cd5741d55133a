package org.posthorn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.Main;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;
import org.posthorn.testkit.lab.WithLab;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logins by a ticket of a real KDC. Kerberos has its settings for the whole JVM, so each runs in one of its own. */
@WithLab
@Timeout(120)
class CurrentUserTest {
    private static final String NATIVE = "-Dsun.security.jgss.native=true";

    @TempDir
    Path folder;

    private final LabServer dovecot;
    private final LabServer postfix;
    private final Path kerberos;

    CurrentUserTest(Lab lab) {
        dovecot = lab.server("dovecot", "gssapi");
        postfix = lab.server("postfix", "gssapi");
        kerberos = lab.folder("krb5");
    }

    @BeforeEach
    void fetchTheTickets() throws Exception {
        kinit("FILE:" + folder.resolve("cache"));
        kinit("DIR:" + folder.resolve("caches"));
    }

    private void kinit(String cache) throws Exception {
        if (cache.startsWith("DIR:")) {
            assertThat(folder.resolve("caches").toFile().mkdir()).isTrue();
        }
        ProcessBuilder kinit = new ProcessBuilder(
                "kinit",
                "-c",
                cache,
                "-k",
                "-t",
                kerberos.resolve("alice.keytab").toString(),
                "alice");
        kinit.environment().put("KRB5_CONFIG", settings());
        Process process = kinit.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "imap, FILE:cache, false",
        "pop3, FILE:cache, false",
        "imap, FILE:cache, true",
        "imap, DIR:caches, true",
        "pop3, DIR:caches, true",
        "smtp, FILE:cache, false",
        "smtp, DIR:caches, true"
    })
    void logsInByTicket(String protocol, String cache, boolean byLibrary) throws Exception {
        JsonNode json = check(cache, byLibrary, protocol, "localhost", "--current-user");

        assertThat(json.get("outcome").stringValue()).isEqualTo("ready");
        assertThat(json.at("/login/mechanism").stringValue()).isEqualTo("GSSAPI");
        assertThat(json.at("/login/user").stringValue()).isEqualTo("alice@LAB.TEST");
    }

    @ParameterizedTest
    @CsvSource({"FILE:nowhere, false", "FILE:nowhere, true", "DIR:caches, false"})
    void saysThatThereIsNoTicket(String cache, boolean byLibrary) throws Exception {
        JsonNode json = check(cache, byLibrary, "imap", "localhost", "--current-user");

        assertThat(json.at("/failure/kind").stringValue()).isEqualTo("NoTicket");
        assertThat(json.at("/failure/cause").stringValue()).isEqualTo("kerberos-ticket-missing");
        assertThat(json.at("/failure/remedy").stringValue()).contains("kinit");
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void saysThatTheServiceIsUnknown(boolean byLibrary) throws Exception {
        JsonNode json = check("FILE:cache", byLibrary, "imap", "127.0.0.1", "--current-user");

        assertThat(json.at("/failure/kind").stringValue()).isEqualTo("NoTicket");
        assertThat(json.at("/failure/remedy").stringValue()).contains("Host").doesNotContain("kinit");
    }

    @Test
    void tellsTheServersRefusalToActAsAnother() throws Exception {
        JsonNode json = check(
                "FILE:cache", false, "imap", "localhost", "--current-user", "--authorization-id", "bob@mail.test");

        assertThat(json.at("/failure/kind").stringValue()).isEqualTo("LoginRejected");
    }

    @Test
    void theLibraryChangesNothingForAPassword() throws Exception {
        JsonNode json = check("FILE:cache", true, "imap", "localhost", "--user", "alice", "--password-env", "PASSWORD");

        assertThat(json.at("/login/mechanism").stringValue()).isEqualTo("PLAIN");
        assertThat(json.get("outcome").stringValue()).isEqualTo("ready");
    }

    private JsonNode check(String cache, boolean byLibrary, String protocol, String host, String... login)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.security.krb5.conf=" + settings(),
                "-cp",
                System.getProperty("java.class.path")));
        if (byLibrary) {
            command.add(NATIVE);
        }
        command.addAll(List.of(Main.class.getName(), "check", "--json", "--security", "none"));
        LabServer server = protocol.equals("smtp") ? postfix : dovecot;
        command.addAll(List.of("--" + protocol, host + ":" + server.port(protocol)));
        command.addAll(List.of(login));
        ProcessBuilder program = new ProcessBuilder(command);
        String kind = cache.substring(0, cache.indexOf(':') + 1);
        program.environment()
                .putAll(Map.of(
                        "KRB5_CONFIG",
                        settings(),
                        "KRB5CCNAME",
                        kind + folder.resolve(cache.substring(kind.length())),
                        "PASSWORD",
                        "secret"));
        Process process = program.start();
        process.getOutputStream().close();
        return JsonMapper.shared().readTree(process.getInputStream().readAllBytes());
    }

    private String settings() {
        return kerberos.resolve("krb5.conf").toString();
    }
}
