package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Protocol;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.ScriptedServer;
import tools.jackson.databind.JsonNode;

/** The object of {@code check --json}, field by field. */
class CheckJsonTest {
    private static final String PASSWORD = "canary-Pa55";

    @TempDir
    Path folder;

    private static List<String> names(JsonNode object) {
        return new ArrayList<>(object.propertyNames());
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }

    private static ScriptedServer.Script imap(boolean accept) {
        return peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready.");
            while (true) {
                String[] words = peer.hear().split(" ", -1);
                switch (words[1]) {
                    case "AUTHENTICATE" ->
                        peer.say(
                                accept
                                        ? words[0] + " OK [CAPABILITY IMAP4rev1 IDLE] in."
                                        : words[0] + " NO [AUTHENTICATIONFAILED] Authentication failed.");
                    case "LOGOUT" -> peer.say("* BYE bye", words[0] + " OK");
                    default -> peer.say(words[0] + " OK");
                }
            }
        };
    }

    private JsonNode overTls(boolean accept, String... options) throws Exception {
        Path authority = Certificates.writePem(
                folder.resolve("ca.pem"), Certificates.authority().certificate());
        var context = Certificates.authority().leaf("127.0.0.1").issue().serverContext();
        try (ScriptedServer server = ScriptedServer.secured(context, imap(accept))) {
            List<String> arguments = List.of(
                    "check",
                    "--imap",
                    server.host() + ":" + server.port(),
                    "--security",
                    "implicit",
                    "--trust-ca",
                    authority.toString(),
                    "--user",
                    "alice",
                    "--password-env",
                    "PW",
                    "--json");
            return CommandRun.of(
                            Map.of("PW", PASSWORD),
                            "",
                            Stream.concat(arguments.stream(), Arrays.stream(options))
                                    .toArray(String[]::new))
                    .json();
        }
    }

    @Test
    void aReadyCheckHasEveryField() throws Exception {
        JsonNode json = overTls(true);
        assertThat(names(json))
                .containsExactly(
                        "schema",
                        "endpoint",
                        "outcome",
                        "securityInForce",
                        "phases",
                        "states",
                        "greeting",
                        "tls",
                        "capabilities",
                        "pipelining",
                        "login",
                        "failure",
                        "findings");
        assertThat(json.get("schema").intValue()).isEqualTo(1);
        assertThat(names(json.get("states")))
                .containsExactly("created", "connecting", "connected", "authenticating", "ready", "closing");
        assertThat(names(json.get("endpoint"))).containsExactly("protocol", "host", "port", "security");
        assertThat(json.at("/endpoint/protocol").stringValue()).isEqualTo("imap");
        assertThat(json.at("/endpoint/host").stringValue()).isEqualTo("127.0.0.1");
        assertThat(json.at("/endpoint/port").isInt()).isTrue();
        assertThat(json.at("/endpoint/security").stringValue()).isEqualTo("implicit");
        assertThat(json.get("outcome").stringValue()).isEqualTo("ready");
        assertThat(json.get("securityInForce").stringValue()).isEqualTo("implicit");
        assertThat(json.get("greeting").stringValue())
                .isEqualTo("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready.");
        assertThat(json.get("failure").isNull()).isTrue();
        assertThat(json.get("findings").isArray()).isTrue();
    }

    @Test
    void tellsOfEachCertificateWhetherItWasRevoked() throws Exception {
        JsonNode checked = overTls(true, "--revocation", "check");
        JsonNode required = overTls(true, "--revocation", "require");

        JsonNode revocation = checked.at("/tls/revocation/0");
        assertThat(checked.get("outcome").stringValue()).isEqualTo("ready");
        assertThat(names(revocation))
                .containsExactly("subject", "status", "source", "from", "thisUpdate", "nextUpdate", "detail");
        assertThat(revocation.get("subject").stringValue()).isEqualTo("CN=127.0.0.1");
        assertThat(revocation.get("status").stringValue()).isEqualTo("unknown");
        assertThat(revocation.get("source").stringValue()).isEqualTo("none");
        assertThat(checked.at("/tls/stapleMissing").booleanValue()).isFalse();
        assertThat(required.at("/findings/0/cause").stringValue()).isEqualTo("cert-status-unknown");
        assertThat(required.at("/tls/problems/0").stringValue()).isEqualTo("RevocationUnknown");
        assertThat(overTls(true).at("/tls/revocation").size()).isZero();
    }

    @Test
    void pipeliningTellsWhetherItIsSupportedAndInForce() throws Exception {
        JsonNode pipelining = overTls(true).get("pipelining");
        assertThat(names(pipelining)).containsExactly("setting", "supported", "inForce");
        assertThat(pipelining.get("setting").stringValue()).isEqualTo("auto");
        assertThat(pipelining.get("supported").booleanValue()).isTrue();
        assertThat(pipelining.get("inForce").booleanValue()).isTrue();
    }

    @Test
    void phasesStandInTheirOrderWithMillisecondsAndFacts() throws Exception {
        JsonNode phases = overTls(true).get("phases");
        assertThat(phases.valueStream().map(phase -> phase.get("phase").stringValue()))
                .containsExactly(
                        "resolve", "connect", "tls", "greeting", "capabilities", "login", "capabilities", "ready");
        assertThat(phases.valueStream()).allSatisfy(phase -> {
            assertThat(phase.get("outcome").stringValue()).isEqualTo("ok");
            assertThat(phase.get("millis").isNumber()).isTrue();
            assertThat(phase.get("facts").isObject()).isTrue();
        });
        assertThat(texts(phases.at("/0/facts/addresses"))).containsExactly("127.0.0.1");
        assertThat(phases.at("/1/facts/address").stringValue()).isEqualTo("127.0.0.1");
        assertThat(phases.at("/1/facts/port").isInt()).isTrue();
        assertThat(phases.at("/1/facts/tried/0/error").isNull()).isTrue();
        assertThat(phases.at("/2/facts/version").stringValue()).startsWith("TLSv1.");
        assertThat(phases.at("/3/facts/text").stringValue()).startsWith("* OK");
        assertThat(phases.at("/4/facts/stage").stringValue()).isEqualTo("afterTls");
        assertThat(phases.at("/5/facts/mechanism").stringValue()).isEqualTo("PLAIN");
        assertThat(phases.at("/7/facts/roundTripMillis").isNumber()).isTrue();
    }

    @Test
    void tlsHoldsTheSessionAndTheCertificates() throws Exception {
        JsonNode tls = overTls(true).get("tls");
        assertThat(tls.get("version").stringValue()).startsWith("TLSv1.");
        assertThat(tls.get("cipher").stringValue()).startsWith("TLS_");
        assertThat(tls.get("trusted").booleanValue()).isTrue();
        assertThat(tls.get("problem").isNull()).isTrue();
        JsonNode certificate = tls.at("/certificates/0");
        assertThat(tls.at("/built/0")).isEqualTo(certificate);
        assertThat(tls.at("/built/1/subject").stringValue()).isEqualTo("CN=Test Root");
        assertThat(names(certificate)).contains("subject", "issuer", "names", "notBefore", "notAfter", "sha256");
        assertThat(certificate.get("sha256").stringValue()).matches("[0-9a-f]{64}");
        assertThat(texts(certificate.get("names"))).contains("127.0.0.1");
    }

    @Test
    @DisplayName("get_capabilities: stand by stage in the JSON")
    void capabilitiesStandByStage() throws Exception {
        JsonNode capabilities = overTls(true).get("capabilities");
        assertThat(names(capabilities)).containsExactly("beforeTls", "afterTls", "afterLogin");
        assertThat(capabilities.get("beforeTls").isEmpty()).isTrue();
        assertThat(texts(capabilities.get("afterTls"))).containsExactly("IMAP4rev1", "AUTH=PLAIN", "SASL-IR");
        assertThat(texts(capabilities.get("afterLogin"))).containsExactly("IMAP4rev1", "IDLE");
    }

    @Test
    @DisplayName("validate_credentials: an acceptance tells mechanism, user and outcome")
    void loginTellsMechanismUserAndOutcome() throws Exception {
        JsonNode login = overTls(true).get("login");
        assertThat(names(login)).containsExactly("mechanism", "user", "outcome", "serverText");
        assertThat(login.get("mechanism").stringValue()).isEqualTo("PLAIN");
        assertThat(login.get("user").stringValue()).isEqualTo("alice");
        assertThat(login.get("outcome").stringValue()).isEqualTo("accepted");
    }

    @Test
    @DisplayName("validate_credentials: a rejection tells stage, words, cause and remedy")
    void aFailureTellsStageKindWordsCauseAndRemedy() throws Exception {
        JsonNode json = overTls(false);
        assertThat(json.get("outcome").stringValue()).isEqualTo("failed");
        assertThat(json.at("/login/outcome").stringValue()).isEqualTo("rejected");
        assertThat(json.at("/login/code").stringValue()).isEqualTo("AUTHENTICATIONFAILED");
        assertThat(json.at("/login/mechanismList").stringValue()).isEqualTo("offered");
        assertThat(json.get("phases").valueStream().map(p -> p.get("outcome").stringValue()))
                .endsWith("failed");
        JsonNode failure = json.get("failure");
        assertThat(names(failure)).containsExactly("stage", "kind", "serverText", "cause", "remedy");
        assertThat(failure.get("stage").stringValue()).isEqualTo("login");
        assertThat(failure.get("kind").stringValue()).isEqualTo("LoginRejected");
        assertThat(failure.get("serverText").stringValue()).contains(" NO [AUTHENTICATIONFAILED]");
        assertThat(failure.get("cause").stringValue()).isEqualTo("wrong-credentials");
        assertThat(failure.get("remedy").stringValue()).contains("Password");
        JsonNode finding = json.at("/findings/0");
        assertThat(names(finding))
                .containsExactly("cause", "severity", "confidence", "user", "admin", "evidence", "remedy", "actor");
        assertThat(finding.get("severity").stringValue()).isEqualTo("error");
        assertThat(finding.get("evidence").isArray()).isTrue();
        assertThat(finding.get("actor").stringValue()).isEqualTo("user");
    }

    @Test
    void aRefusedTokenCarriesTheServersReason() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2 SASL-IR] ready.");
            peer.hear();
            peer.say("+ eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIiwic2NvcGUiOiJtYWlsIn0=");
            peer.hear();
            peer.say("a1 NO [AUTHENTICATIONFAILED] Authentication failed.");
            peer.ignore();
        })) {
            JsonNode json = CommandRun.of(
                            Map.of("TOKEN", "canary-T0ken"),
                            "",
                            "check",
                            "--imap",
                            server.host() + ":" + server.port(),
                            "--security",
                            "none",
                            "--user",
                            "alice",
                            "--token-env",
                            "TOKEN",
                            "--json")
                    .json();

            assertThat(json.at("/login/mechanism").stringValue()).isEqualTo("XOAUTH2");
            JsonNode error = json.at("/failure/saslError");
            assertThat(error.get("text").stringValue())
                    .isEqualTo("{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"mail\"}");
            assertThat(error.get("status").stringValue()).isEqualTo("401");
            assertThat(error.get("scope").stringValue()).isEqualTo("mail");
            assertThat(json.at("/failure/cause").stringValue()).isEqualTo("oauth-token-expired");
        }
    }

    @Test
    void aFailedHandshakeKeepsWhatIsKnown() throws Exception {
        var context = Certificates.authority().leaf("127.0.0.1").issue().serverContext();
        try (ScriptedServer server = ScriptedServer.secured(context, imap(true))) {
            JsonNode json = CommandRun.of(
                            "check", "--imap", server.host() + ":" + server.port(), "--security", "implicit", "--json")
                    .json();
            assertThat(json.at("/failure/stage").stringValue()).isEqualTo("tls");
            assertThat(json.at("/tls/trusted").booleanValue()).isFalse();
            assertThat(json.at("/tls/problem").stringValue()).contains("certificate");
            assertThat(texts(json.at("/tls/offered"))).containsExactly("TLSv1.2", "TLSv1.3");
            assertThat(json.at("/tls/certificates").size()).isEqualTo(1);
            assertThat(json.at("/tls/version").isNull()).isTrue();
        }
    }

    @Test
    void withoutTlsThereIsNoneAndCapabilitiesStandBeforeIt() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(imap(true))) {
            JsonNode json = CommandRun.of(
                            "check", "--imap", server.host() + ":" + server.port(), "--security", "none", "--json")
                    .json();
            assertThat(json.get("tls").isNull()).isTrue();
            assertThat(json.get("login").isNull()).isTrue();
            assertThat(json.get("securityInForce").stringValue()).isEqualTo("none");
            assertThat(texts(json.at("/capabilities/beforeTls"))).contains("IMAP4rev1");
        }
    }

    /** A server that sends back what it heard, and refuses: nothing of the password may come out. */
    @ParameterizedTest
    @CsvSource({
        "IMAP,PLAIN",
        "IMAP,LOGIN",
        "IMAP,IMAP-LOGIN",
        "POP3,PLAIN",
        "POP3,LOGIN",
        "POP3,USER",
        "SMTP,PLAIN",
        "SMTP,LOGIN"
    })
    void noFormOfThePasswordComesOut(Protocol protocol, String mechanism) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(echo(protocol))) {
            CommandRun run = CommandRun.of(
                    Map.of("PW", PASSWORD),
                    "",
                    "check",
                    "--" + protocol.word(),
                    server.host() + ":" + server.port(),
                    "--security",
                    "none",
                    "--user",
                    "alice",
                    "--password-env",
                    "PW",
                    "--mechanism",
                    mechanism,
                    "--json",
                    "-v");
            assertThat(run.exitCode()).as(run.out()).isEqualTo(1);
            assertThat(run.json().at("/failure/kind").stringValue()).isEqualTo("LoginRejected");
            Canary.of("alice", PASSWORD).isAbsentFrom(run.out(), run.err());
        }
    }

    private static ScriptedServer.Script echo(Protocol protocol) {
        return peer -> {
            peer.say(
                    switch (protocol) {
                        case IMAP -> "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=LOGIN] ready.";
                        case POP3 -> "+OK ready";
                        case SMTP -> "220 mail.example.org ESMTP";
                    });
            int answers = 0;
            String tag = "";
            while (true) {
                String line = peer.hear();
                String upper = line.toUpperCase(Locale.ROOT);
                tag = upper.contains("AUTHENTICATE") || upper.contains(" LOGIN ") ? line.split(" ", 2)[0] : tag;
                if (upper.startsWith("EHLO")) {
                    peer.say("250-mail.example.org", "250 AUTH PLAIN LOGIN");
                } else if (upper.startsWith("CAPA")) {
                    peer.say("+OK", "USER", "SASL PLAIN LOGIN", ".");
                } else if (upper.startsWith("USER")) {
                    peer.say("+OK");
                } else if (upper.matches(".*(AUTH|AUTHENTICATE) (LOGIN|PLAIN)")
                        || (answers++ == 0 && isUserName(line))) {
                    peer.say(protocol == Protocol.SMTP ? "334 VXNlcm5hbWU6" : "+ ");
                } else {
                    peer.say(
                            switch (protocol) {
                                case IMAP -> tag + " NO no such: " + line;
                                case POP3 -> "-ERR no such: " + line;
                                case SMTP -> "535 5.7.8 no such: " + line;
                            });
                }
            }
        };
    }

    private static boolean isUserName(String line) {
        return line.equals("YWxpY2U=");
    }
}
