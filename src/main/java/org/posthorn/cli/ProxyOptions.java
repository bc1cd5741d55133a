package org.posthorn.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.Endpoint;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.ProxySettings.Credentials;
import org.posthorn.account.ProxySettings.Resolution;
import org.posthorn.account.Secret;
import picocli.CommandLine.Option;

/** The proxy on the way, if any. Its password is never an argument. */
final class ProxyOptions {
    private static final String NONE = "none";
    private static final String SYSTEM = "system";

    @Option(
            names = "--proxy",
            paramLabel = "KIND://[USER@]HOST[:PORT]|system|none",
            description =
                    "Goes through a proxy: http, https, socks4, socks4a or socks5, or the one that the system names;"
                            + " none leaves out that of a saved account.")
    private @Nullable String proxy;

    @Option(
            names = "--proxy-password-env",
            paramLabel = "VARIABLE",
            description = "The proxy's password is in this variable.")
    private @Nullable String variable;

    @Option(
            names = "--resolve-by",
            paramLabel = "proxy|here",
            description = "Who resolves the server's name; the proxy, where its kind can.")
    private @Nullable String resolver;

    Endpoint apply(Endpoint base, Map<String, String> environment) {
        Optional<ProxySettings> chosen = proxy == null ? base.proxy() : parsed(proxy);
        if (chosen.isEmpty() && (variable != null || resolver != null)) {
            throw new UsageMistake("--proxy-password-env and --resolve-by go with --proxy.");
        }
        return base.withProxy(chosen.map(settings -> resolved(withPassword(settings, environment))));
    }

    private static Optional<ProxySettings> parsed(String text) {
        return switch (text) {
            case NONE -> Optional.empty();
            case SYSTEM -> Optional.of(ProxySettings.of(ProxyKind.SYSTEM, ""));
            default -> Optional.of(typed(text));
        };
    }

    private static ProxySettings typed(String text) {
        URI uri = uri(text);
        ProxySettings settings = ProxySettings.of(kind(uri.getScheme()), uri.getHost());
        settings = uri.getPort() < 0 ? settings : settings.withPort(OptionalInt.of(uri.getPort()));
        String user = uri.getUserInfo();
        if (user != null && user.contains(":")) {
            throw new UsageMistake(
                    "--proxy: a password in an argument can be read by others; use --proxy-password-env.");
        }
        return user == null ? settings : settings.withLogin(user, Secret.of(""));
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            String rest = Optional.ofNullable(uri.getPath()).orElse("");
            if (uri.getScheme() != null && uri.getHost() != null && (rest.isEmpty() || rest.equals("/"))) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // Told below, in the same words.
        }
        throw new UsageMistake("--proxy takes KIND://[USER@]HOST[:PORT], for example socks5://proxy.example.org:1080.");
    }

    private static ProxyKind kind(String scheme) {
        String word = scheme.toLowerCase(Locale.ROOT);
        return Arrays.stream(ProxyKind.values())
                .filter(kind -> kind != ProxyKind.SYSTEM)
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new UsageMistake("--proxy knows the kinds "
                        + Arrays.stream(ProxyKind.values()).map(ProxyKind::word).collect(Collectors.joining(", "))
                        + "."));
    }

    private ProxySettings withPassword(ProxySettings settings, Map<String, String> environment) {
        if (variable == null) {
            return settings;
        }
        String user = settings.login()
                .map(Credentials::user)
                .orElseThrow(() -> new UsageMistake("--proxy-password-env goes with a user in --proxy."));
        return Optional.ofNullable(environment.get(variable))
                .map(password -> settings.withLogin(user, Secret.of(password)))
                .orElseThrow(() -> new UsageMistake("--proxy-password-env names a variable that is not set."));
    }

    private ProxySettings resolved(ProxySettings settings) {
        if (resolver == null) {
            return settings;
        }
        return switch (resolver) {
            case "proxy" -> settings.withResolution(Resolution.PROXY);
            case "here" -> settings.withResolution(Resolution.HERE);
            default -> throw new UsageMistake("--resolve-by takes proxy or here.");
        };
    }
}
