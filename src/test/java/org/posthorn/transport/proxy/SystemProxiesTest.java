package org.posthorn.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.ProxySettings.Resolution;
import org.posthorn.account.Secret;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

/** What a desktop's settings and the environment say of a proxy. */
class SystemProxiesTest {
    private final List<URI> asked = new CopyOnWriteArrayList<>();

    private static SystemProxies.Answer variables(Map<String, String> environment) throws FailureException {
        return new ProxyVariables(environment).to("mail.example.org", 993);
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy.test:3128, HTTP, proxy.test, 3128, PROXY",
        "proxy.test:3128, HTTP, proxy.test, 3128, PROXY",
        "https://proxy.test, HTTPS, proxy.test, 443, PROXY",
        "socks://proxy.test, SOCKS5, proxy.test, 1080, PROXY",
        "socks5h://proxy.test:99/, SOCKS5, proxy.test, 99, PROXY",
        "socks5://[2001:db8::1]:99, SOCKS5, [2001:db8::1], 99, HERE",
        "SOCKS4://proxy.test, SOCKS4, proxy.test, 1080, HERE",
        "socks4a://proxy.test, SOCKS4A, proxy.test, 1080, PROXY"
    })
    void readsEveryKindOfAddress(String value, ProxyKind kind, String host, int port, Resolution who)
            throws FailureException {
        ProxySettings proxy = variables(Map.of("all_proxy", value)).proxy().orElseThrow();

        assertThat(proxy.kind()).isEqualTo(kind);
        assertThat(proxy.host()).isEqualTo(host);
        assertThat(proxy.effectivePort()).isEqualTo(port);
        assertThat(proxy.resolution()).isEqualTo(who);
        assertThat(proxy.login()).isEmpty();
    }

    @Test
    void takesTheLoginThatStandsInTheAddress() throws FailureException {
        ProxySettings proxy = variables(Map.of("ALL_PROXY", "http://pat:p%40ss+1@proxy.test"))
                .proxy()
                .orElseThrow();

        assertThat(proxy.login()).contains(new ProxySettings.Credentials("pat", Secret.of("p@ss+1")));
    }

    @Test
    void asksTheVariablesInTheirOrder() throws FailureException {
        Map<String, String> environment = new HashMap<>(
                Map.of("http_proxy", "http://c.test", "HTTPS_PROXY", "http://b.test", "all_proxy", "http://a.test"));
        assertThat(variables(environment)).satisfies(answer -> {
            assertThat(answer.source()).isEqualTo("the variable all_proxy");
            assertThat(answer.proxy().orElseThrow().host()).isEqualTo("a.test");
        });
        environment.put("all_proxy", " ");
        assertThat(variables(environment).source()).isEqualTo("the variable HTTPS_PROXY");
        environment.remove("HTTPS_PROXY");
        assertThat(variables(environment).proxy().orElseThrow().host()).isEqualTo("c.test");
        environment.clear();
        assertThat(variables(environment).proxy()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, true",
        "'localhost, .example.org', true",
        "*.example.org, true",
        "MAIL.example.org:993, true",
        "mail.example.org:143, false",
        "*, true",
        "ample.org, false",
        "'', false"
    })
    void leavesOutWhatNoProxyNames(String list, boolean exempt) throws FailureException {
        SystemProxies.Answer answer = variables(Map.of("all_proxy", "http://a.test", "NO_PROXY", list));

        assertThat(answer.proxy().isEmpty()).isEqualTo(exempt);
        assertThat(answer.source()).isEqualTo(exempt ? "the variable NO_PROXY" : "the variable all_proxy");
    }

    @ParameterizedTest
    @CsvSource({"ftp://proxy.test, unknown kind", "http://, no address", "http://pr oxy:canary-s3cret@x, no address"})
    void saysWhichVariableCannotBeUsedAndShowsNothingOfIt(String value, String why) {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> variables(Map.of("https_proxy", value)))
                .satisfies(e -> assertThat(e.failure()).isInstanceOfSatisfying(Failure.SystemProxyUnusable.class, f -> {
                    assertThat(f.source()).isEqualTo("the variable https_proxy");
                    assertThat(f.detail()).contains(why).doesNotContain("canary");
                }));
    }

    @Test
    void asksTheDesktopFirstForAProxyOfHttpsThenForOneOfSockets() throws FailureException {
        ProxySelector selector = selector(uri -> uri.getScheme().equals("socket")
                ? List.of(new Proxy(Proxy.Type.SOCKS, InetSocketAddress.createUnresolved("socks.test", 1081)))
                : List.of(Proxy.NO_PROXY));

        SystemProxies.Answer answer = new DesktopProxies(selector, SystemProxies.none()).to("2001:db8::1", 993);

        assertThat(asked)
                .containsExactly(URI.create("https://[2001:db8::1]:993"), URI.create("socket://[2001:db8::1]:993"));
        assertThat(answer.source()).isEqualTo("the system's settings");
        assertThat(answer.proxy()).hasValueSatisfying(proxy -> {
            assertThat(proxy.kind()).isEqualTo(ProxyKind.SOCKS5);
            assertThat(proxy.host()).isEqualTo("socks.test");
            assertThat(proxy.effectivePort()).isEqualTo(1081);
        });
    }

    @Test
    void asksTheEnvironmentWhereTheDesktopHasNoAnswer() throws FailureException {
        SystemProxies variables = new ProxyVariables(Map.of("all_proxy", "http://a.test"));

        assertThat(new DesktopProxies(selector(_ -> List.of(Proxy.NO_PROXY)), variables)
                        .to("mail.example.org", 993)
                        .proxy()
                        .map(ProxySettings::host))
                .isEqualTo(Optional.of("a.test"));
    }

    private ProxySelector selector(Function<URI, List<Proxy>> answer) {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                asked.add(uri);
                return answer.apply(uri);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {
                throw new AssertionError("it is not in force");
            }
        };
    }
}
