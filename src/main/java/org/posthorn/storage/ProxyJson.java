package org.posthorn.storage;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.ProxySettings.Credentials;
import org.posthorn.account.ProxySettings.Resolution;
import org.posthorn.account.Secret;

/** A proxy in the account file: everything but its password. */
final class ProxyJson {
    private ProxyJson() {}

    static Optional<ProxySettings> read(Node node) throws UnreadableEntry {
        Optional<String> kind = node.text("kind");
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        ProxyKind known = Arrays.stream(ProxyKind.values())
                .filter(value -> value.word().equals(kind.get()))
                .findFirst()
                .orElseThrow(() -> new UnreadableEntry("the proxy “" + kind.get() + "” is unknown"));
        Optional<Integer> port = node.number("port");
        boolean here = node.text("resolveBy").equals(Optional.of("here")) || !known.takesNames();
        return Optional.of(new ProxySettings(
                known,
                node.text("host").orElse(""),
                port.isPresent() ? OptionalInt.of(port.get()) : OptionalInt.empty(),
                node.text("user").map(user -> new Credentials(user, Secret.of(""))),
                here ? Resolution.HERE : Resolution.PROXY));
    }

    /** No proxy is an object without a kind, so that members of a later version stay. */
    static void write(Optional<ProxySettings> proxy, Node node) {
        node.json().remove(List.of("kind", "host", "port", "user", "password", "resolveBy"));
        proxy.ifPresent(between -> {
            node.put("kind", Optional.of(between.kind().word()));
            node.put("host", Optional.of(between.host()));
            between.port().ifPresent(port -> node.json().put("port", port));
            node.put("user", between.login().map(Credentials::user));
            node.put("resolveBy", Optional.of(between.resolution() == Resolution.HERE ? "here" : "proxy"));
        });
    }
}
