package org.posthorn.storage;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.posthorn.account.AddressFamily;
import org.posthorn.account.AddressOrder;
import org.posthorn.account.ClientCertificate;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.RevocationPolicy;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import org.posthorn.account.Timeouts;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;
import org.posthorn.account.Trust;
import org.posthorn.account.TrustStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** An endpoint in the file: every setting but its secrets. A setting that is not there has its default. */
final class EndpointJson {
    private EndpointJson() {}

    static Endpoint read(Node node) throws UnreadableEntry {
        Protocol protocol = one("protocol", node.text("protocol"), Protocol.values(), Protocol::word)
                .orElseThrow(() -> new UnreadableEntry("“protocol” is missing"));
        Endpoint standard = Endpoint.of(protocol, node.text("host").orElse(""));
        Optional<Integer> port = node.number("port");
        return standard.withPort(port.isPresent() ? OptionalInt.of(port.get()) : OptionalInt.empty())
                .withSecurity(one("security", node.text("security"), TlsMode.values(), TlsMode::word)
                        .orElse(standard.security()))
                .withAllowPlaintext(node.flag("allowPlaintext").orElse(standard.allowPlaintext()))
                .withTls(readTls(node.object("tls")))
                .withLogin(readLogin(node.object("login")))
                .withTimeouts(readTimeouts(node.object("timeouts")))
                .withBind(node.text("bind"))
                .withAddressFamily(
                        one("addressFamily", node.text("addressFamily"), AddressFamily.values(), EndpointJson::word)
                                .orElse(standard.addressFamily()))
                .withAddressOrder(
                        one("addressOrder", node.text("addressOrder"), AddressOrder.values(), AddressOrder::word)
                                .orElse(standard.addressOrder()))
                .withEhlo(node.text("ehlo"))
                .withProxy(ProxyJson.read(node.object("proxy")))
                .withConnections(ClientJson.readConnections(node.object("connections")))
                .withLog(ClientJson.readLog(node.object("log")));
    }

    static void write(Endpoint endpoint, Node node) throws UnreadableEntry {
        node.put("protocol", Optional.of(endpoint.protocol().word()));
        node.put("host", Optional.of(endpoint.host()));
        endpoint.port()
                .ifPresentOrElse(
                        port -> node.json().put("port", port), () -> node.json().remove("port"));
        node.put("security", Optional.of(endpoint.security().word()));
        node.json().put("allowPlaintext", endpoint.allowPlaintext());
        writeTls(endpoint.tls(), node.object("tls"));
        writeLogin(endpoint.login(), node.object("login"));
        writeTimeouts(endpoint.timeouts(), node.object("timeouts"));
        node.put("bind", endpoint.bind());
        node.put("addressFamily", Optional.of(word(endpoint.addressFamily())));
        node.put("addressOrder", Optional.of(endpoint.addressOrder().word()));
        node.put("ehlo", endpoint.ehlo());
        ProxyJson.write(endpoint.proxy(), node.object("proxy"));
        ClientJson.write(endpoint.connections(), node.object("connections"));
        ClientJson.write(endpoint.log(), node.object("log"));
    }

    private static TlsSettings readTls(Node node) throws UnreadableEntry {
        TlsSettings standard = TlsSettings.defaults();
        Set<String> fingerprints = Set.copyOf(texts(node, "fingerprints").orElse(List.of()));
        return standard.current(versions(node, "versions").orElse(standard.currentVersions()))
                .obsolete(versions(node, "obsoleteVersions").orElse(standard.obsoleteVersions()))
                .withTrust(new Trust(store(node), path(node, "authorities"), fingerprints))
                .withRevocation(
                        one("revocation", node.text("revocation"), RevocationPolicy.values(), RevocationPolicy::word)
                                .orElse(standard.revocation()))
                .withCipherSuites(texts(node, "cipherSuites").orElse(List.of()))
                .withGroups(texts(node, "groups").orElse(List.of()))
                .withClientCertificate(
                        path(node, "clientCertificate").map(file -> new ClientCertificate(file, Secret.of(""))));
    }

    private static Optional<Set<TlsVersion>> versions(Node node, String member) throws UnreadableEntry {
        Optional<List<String>> numbers = texts(node, member);
        Set<TlsVersion> versions = new HashSet<>();
        for (String number : numbers.orElse(List.of())) {
            one(member, Optional.of(number), TlsVersion.values(), TlsVersion::number)
                    .ifPresent(versions::add);
        }
        return numbers.map(_ -> versions);
    }

    private static TrustStore store(Node node) throws UnreadableEntry {
        return one("trust", node.text("trust"), TrustStore.values(), TrustStore::word)
                .orElse(Trust.builtIn().store());
    }

    private static Optional<Path> path(Node node, String member) throws UnreadableEntry {
        try {
            return node.text(member).map(Path::of);
        } catch (InvalidPathException _) {
            throw new UnreadableEntry("“" + member + "” is not the name of a file");
        }
    }

    private static void writeTls(TlsSettings tls, Node node) {
        writeVersions(node, "versions", tls.currentVersions());
        writeVersions(node, "obsoleteVersions", tls.obsoleteVersions());
        writeTexts(node, "cipherSuites", tls.cipherSuites());
        writeTexts(node, "groups", tls.groups());
        node.put("trust", Optional.of(tls.trust().store().word()));
        node.put("authorities", tls.trust().authorities().map(Path::toString));
        node.put("revocation", Optional.of(tls.revocation().word()));
        node.put(
                "clientCertificate",
                tls.clientCertificate().map(shown -> shown.file().toString()));
        writeTexts(node, "fingerprints", new TreeSet<>(tls.trust().fingerprints()));
    }

    private static void writeTexts(Node node, String member, Collection<String> values) {
        ArrayNode texts = node.json().putArray(member);
        values.forEach(texts::add);
    }

    private static void writeVersions(Node node, String member, Set<TlsVersion> versions) {
        ArrayNode numbers = node.json().putArray(member);
        new TreeSet<>(versions).forEach(version -> numbers.add(version.number()));
    }

    private static Login readLogin(Node node) throws UnreadableEntry {
        String kind = node.text("kind").orElse("none");
        return switch (kind) {
            case "none" -> Login.none();
            case "current-user" -> new Login.CurrentUser(readSasl(node));
            case "password" -> new Login.Password(node.text("user").orElse(""), Secret.of(""), readSasl(node));
            case "access-token" -> new Login.AccessToken(node.text("user").orElse(""), Secret.of(""), readSasl(node));
            case "token-provider" ->
                new Login.TokenProvider(node.text("user").orElse(""), TokenJson.read(node), readSasl(node));
            default -> throw new UnreadableEntry("the login “" + kind + "” is unknown");
        };
    }

    /** One mechanism alone may stand as a text instead of a list. */
    private static SaslSettings readSasl(Node node) throws UnreadableEntry {
        Optional<String> one = node.text("mechanism");
        return SaslSettings.automatic()
                .withMechanisms(
                        one.isPresent()
                                ? List.of(one.get())
                                : texts(node, "mechanisms").orElse(List.of()))
                .withAuthorizationId(node.text("authorizationId"));
    }

    /** A password or token that somebody has written into the file by hand is taken out. */
    private static void writeLogin(Login login, Node node) {
        node.json().remove(List.of("password", "token", "user", "mechanism", "mechanisms", "authorizationId"));
        node.put("kind", Optional.of(kind(login)));
        TokenJson.write(
                login instanceof Login.TokenProvider provider ? Optional.of(provider.settings()) : Optional.empty(),
                node);
        if (login instanceof Login.Named named) {
            node.put("user", Optional.of(named.user()));
        }
        if (login instanceof Login.Credentials credentials) {
            writeSasl(credentials.sasl(), node);
        }
    }

    private static String kind(Login login) {
        return switch (login) {
            case Login.None _ -> "none";
            case Login.CurrentUser _ -> "current-user";
            case Login.Password _ -> "password";
            case Login.AccessToken _ -> "access-token";
            case Login.TokenProvider _ -> "token-provider";
        };
    }

    private static void writeSasl(SaslSettings sasl, Node node) {
        if (!sasl.mechanisms().isEmpty()) {
            ArrayNode mechanisms = node.json().putArray("mechanisms");
            sasl.mechanisms().forEach(mechanisms::add);
        }
        node.put("authorizationId", sasl.authorizationId());
    }

    private static Timeouts readTimeouts(Node node) throws UnreadableEntry {
        Timeouts standard = Timeouts.defaults();
        return new Timeouts(
                duration(node, "resolve").orElse(standard.resolve()),
                duration(node, "connect").orElse(standard.connect()),
                duration(node, "greeting").orElse(standard.greeting()),
                duration(node, "operation").orElse(standard.operation()));
    }

    private static void writeTimeouts(Timeouts limits, Node node) {
        node.put("resolve", Optional.of(limits.resolve().toString()));
        node.put("connect", Optional.of(limits.connect().toString()));
        node.put("greeting", Optional.of(limits.greeting().toString()));
        node.put("operation", Optional.of(limits.operation().toString()));
    }

    private static Optional<Duration> duration(Node node, String member) throws UnreadableEntry {
        try {
            return node.text(member).map(Duration::parse);
        } catch (DateTimeParseException _) {
            throw new UnreadableEntry("“" + member + "” is not a duration such as PT10S");
        }
    }

    private static Optional<List<String>> texts(Node node, String member) throws UnreadableEntry {
        JsonNode value = node.json().path(member);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isArray() || value.valueStream().anyMatch(each -> !each.isString())) {
            throw new UnreadableEntry("“" + member + "” is not a list of texts");
        }
        return Optional.of(value.valueStream().map(JsonNode::asString).toList());
    }

    static <E> Optional<E> one(String member, Optional<String> word, E[] values, Function<E, String> words)
            throws UnreadableEntry {
        if (word.isEmpty()) {
            return Optional.empty();
        }
        Optional<E> found = Arrays.stream(values)
                .filter(value -> words.apply(value).equals(word.get()))
                .findFirst();
        if (found.isEmpty()) {
            throw new UnreadableEntry("“" + member + "” cannot be “" + word.get() + "”");
        }
        return found;
    }

    private static String word(AddressFamily family) {
        return family.name().toLowerCase(Locale.ROOT);
    }
}
