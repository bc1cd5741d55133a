package org.posthorn.transport.proxy;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.posthorn.account.HostNames;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.Secret;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

/**
 * The usual environment variables: {@code all_proxy}, else {@code https_proxy}, else {@code http_proxy}, in small letters or in
 * capitals, unless {@code no_proxy} names the server. They have no standard; a URI and a list of names are what programs
 * agree on.
 */
public final class ProxyVariables implements SystemProxies {
    private static final List<String> NAMES = List.of("all_proxy", "https_proxy", "http_proxy");

    private final Map<String, String> environment;

    public ProxyVariables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Answer to(String host, int port) throws FailureException {
        Optional<String> exempt = name("no_proxy");
        if (exempt.isPresent() && isExempt(host, port, value(exempt.get()))) {
            return new Answer("the variable " + exempt.get(), Optional.empty());
        }
        Optional<String> variable =
                NAMES.stream().flatMap(name -> name(name).stream()).findFirst();
        return variable.isPresent()
                ? new Answer("the variable " + variable.get(), Optional.of(parsed(variable.get())))
                : SystemProxies.none().to(host, port);
    }

    private Optional<String> name(String variable) {
        return Stream.of(variable, variable.toUpperCase(Locale.ROOT))
                .filter(name -> !value(name).isEmpty())
                .findFirst();
    }

    private String value(String name) {
        return environment.getOrDefault(name, "").strip();
    }

    /** A name is exempt with all names below it; {@code *} exempts everything. */
    private static boolean isExempt(String host, int port, String list) {
        String name = host.toLowerCase(Locale.ROOT);
        return Arrays.stream(list.toLowerCase(Locale.ROOT).split("[\\s,]+"))
                .map(entry -> entry.endsWith(":" + port) ? entry.substring(0, entry.lastIndexOf(':')) : entry)
                .map(entry -> HostNames.plain(entry.replaceFirst("^\\*?\\.", "")))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> entry.equals("*") || name.equals(entry) || name.endsWith("." + entry));
    }

    private ProxySettings parsed(String variable) throws FailureException {
        String text = value(variable);
        URI uri = uri(variable, text.contains("://") ? text : "http://" + text);
        ProxySettings proxy = kind(variable, uri).withHost(uri.getHost());
        ProxySettings ported = uri.getPort() < 0 ? proxy : proxy.withPort(OptionalInt.of(uri.getPort()));
        return uri.getRawUserInfo() == null ? ported : loggingIn(ported, uri.getRawUserInfo());
    }

    private static URI uri(String variable, String text) throws FailureException {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // Told below; its message would show what may hold a password.
        }
        throw unusable(variable, "it is no address such as http://proxy.example.org:3128");
    }

    private static ProxySettings kind(String variable, URI uri) throws FailureException {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "http" -> ProxySettings.of(ProxyKind.HTTP, "");
            case "https" -> ProxySettings.of(ProxyKind.HTTPS, "");
            case "socks4" -> ProxySettings.of(ProxyKind.SOCKS4, "");
            case "socks4a" -> ProxySettings.of(ProxyKind.SOCKS4A, "");
            // The letter h leaves the name to the proxy, as curl has it.
            case "socks5h", "socks" -> ProxySettings.of(ProxyKind.SOCKS5, "");
            case "socks5" -> ProxySettings.of(ProxyKind.SOCKS5, "").withResolution(ProxySettings.Resolution.HERE);
            default -> throw unusable(variable, "it names the unknown kind of proxy “" + scheme + "”");
        };
    }

    private static ProxySettings loggingIn(ProxySettings proxy, String userInfo) {
        String[] parts = userInfo.split(":", 2);
        return proxy.withLogin(decoded(parts[0]), Secret.of(parts.length == 2 ? decoded(parts[1]) : ""));
    }

    private static String decoded(String text) {
        // A plus is a plus here, unlike in forms.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static FailureException unusable(String variable, String why) {
        return new FailureException(new Failure.SystemProxyUnusable("the variable " + variable, why));
    }
}
