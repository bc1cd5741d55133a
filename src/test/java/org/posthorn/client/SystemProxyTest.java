package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.testkit.Checks.phases;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Protocol;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.diagnosis.Finding;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedProxy;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.AddressLookup;
import org.posthorn.transport.ByteCaps;
import org.posthorn.transport.Network;
import org.posthorn.transport.proxy.ProxyVariables;

/** Connections that go as the system says. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class SystemProxyTest {
    private static final String PASSWORD = "pr0xy-canary";

    private final List<String> asked = new CopyOnWriteArrayList<>();

    private static Checks checks(Map<String, String> environment) {
        return new Checks(new Network(AddressLookup.system(), ByteCaps.defaults(), new ProxyVariables(environment)));
    }

    private static Endpoint asTheSystemSays(Endpoint endpoint) {
        return endpoint.withProxy(Optional.of(ProxySettings.of(ProxyKind.SYSTEM, "")));
    }

    private static void greet(ScriptedServer.Peer peer) throws IOException {
        peer.say("* OK [CAPABILITY IMAP4rev1] ready");
        peer.answer("TAG OK done");
        peer.answer("* BYE", "TAG OK done");
    }

    @Test
    @DisplayName("proxy: the system's is used and its source told")
    void goesThroughTheProxyThatTheSystemNamesAndSaysWhoNamedIt() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(SystemProxyTest::greet);
                ScriptedServer proxy = ScriptedServer.of(peer -> {
                    ScriptedProxy dialogue = new ScriptedProxy(peer);
                    dialogue.socks5Method(2);
                    asked.add(dialogue.socks5Login(0));
                    asked.add(dialogue.socks5Connect(0));
                    dialogue.relay(server);
                });
                Checks checks =
                        checks(Map.of("all_proxy", "socks5h://pat:" + PASSWORD + "@127.0.0.1:" + proxy.port()))) {
            Endpoint endpoint = Endpoint.of(Protocol.IMAP, "mail.nowhere.test")
                    .withPort(4143)
                    .withSecurity(TlsMode.NONE);
            CheckResult result = checks.run(asTheSystemSays(endpoint));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(asked).containsExactly("pat " + PASSWORD, "mail.nowhere.test:4143");
            assertThat(phases(result)).startsWith(Phase.RESOLVE, Phase.RESOLVE, Phase.CONNECT, Phase.TUNNEL);
            assertThat(result.timeline().records().getFirst().facts())
                    .isEqualTo(new Facts.SystemProxy(
                            "the variable all_proxy", Optional.of("socks5://127.0.0.1:" + proxy.port())));
            assertThat(checks.logText() + result.timeline()).doesNotContain(PASSWORD);
        }
    }

    @Test
    void logsInToItAsTheAccountSaysWhereTheSystemDoesNot() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(SystemProxyTest::greet);
                ScriptedServer proxy = ScriptedServer.of(peer -> {
                    ScriptedProxy dialogue = new ScriptedProxy(peer);
                    dialogue.socks5Method(2);
                    asked.add(dialogue.socks5Login(0));
                    dialogue.socks5Connect(0);
                    dialogue.relay(server);
                });
                Checks checks = checks(Map.of("all_proxy", "socks5h://127.0.0.1:" + proxy.port()))) {
            Endpoint endpoint = Endpoint.of(Protocol.IMAP, "mail.nowhere.test")
                    .withSecurity(TlsMode.NONE)
                    .withProxy(
                            Optional.of(ProxySettings.of(ProxyKind.SYSTEM, "").withLogin("pat", Secret.of(PASSWORD))));

            assertThat(checks.run(endpoint).outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(asked).containsExactly("pat " + PASSWORD);
        }
    }

    @Test
    void goesDirectWhereTheSystemSaysSo() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(SystemProxyTest::greet);
                Checks checks = checks(Map.of("all_proxy", "http://127.0.0.1:1", "no_proxy", "127.0.0.1"))) {
            CheckResult result = checks.run(asTheSystemSays(Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE)));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(result.timeline().records().getFirst().facts())
                    .isEqualTo(new Facts.SystemProxy("the variable no_proxy", Optional.empty()));
        }
    }

    @Test
    void changesNothingForAConnectionThatDoesNotAsk() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(SystemProxyTest::greet);
                Checks checks = checks(Map.of("all_proxy", "http://127.0.0.1:1"))) {
            assertThat(checks.run(Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE))
                            .outcome())
                    .isEqualTo(CheckOutcome.READY);
        }
    }

    @Test
    void neverGoesDirectWhereWhatTheSystemSaysCannotBeUsed() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(SystemProxyTest::greet);
                Checks checks = checks(Map.of("https_proxy", "gopher://127.0.0.1:70"))) {
            CheckResult result = checks.run(asTheSystemSays(Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE)));

            assertThat(Checks.failure(result)).isInstanceOf(Failure.SystemProxyUnusable.class);
            assertThat(server.connections()).isZero();
            Finding finding = Diagnosis.of(result.endpoint(), result.timeline()).getFirst();
            assertThat(finding.field()).contains(Field.PROXY);
            assertThat(finding.remedy()).contains("the variable https_proxy", "Proxy");
        }
    }

    @Test
    void namesTheSystemsProxyThatDoesNotAnswer() throws Exception {
        try (Checks checks = checks(Map.of("https_proxy", "http://127.0.0.1:1"))) {
            Endpoint endpoint = Endpoint.of(Protocol.IMAP, "mail.nowhere.test").withSecurity(TlsMode.NONE);
            CheckResult result = checks.run(asTheSystemSays(endpoint));

            Finding finding = Diagnosis.of(result.endpoint(), result.timeline()).getFirst();
            assertThat(finding.user()).contains("127.0.0.1:1");
            assertThat(finding.field()).contains(Field.PROXY);
            assertThat(finding.remedy()).contains("this computer's settings").doesNotContain("Proxy host");
        }
    }
}
