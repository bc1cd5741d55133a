package org.posthorn.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.storage.AccountFile;
import org.posthorn.storage.Opened;
import org.posthorn.storage.Places;
import org.posthorn.storage.SavedAccount;

/** Finds an endpoint in the account file, and its secrets where they are kept. */
final class SavedAccounts {
    private final Places places;
    private final KeptSecrets secrets;
    private final List<Taken> taken = new ArrayList<>();

    /** What the command was given of the file. */
    private record Taken(SavedAccount account, Endpoint endpoint) {}

    SavedAccounts(Places places, KeptSecrets secrets) {
        this.places = places;
        this.secrets = secrets;
    }

    /** The places of the person who runs the command. */
    static Places places(Map<String, String> environment) {
        return Places.of(System.getProperty("os.name"), environment, Path.of(System.getProperty("user.home")));
    }

    /** The endpoint of the account of that name, with what is kept of its secrets; the protocol is needed where there are several. */
    Endpoint endpoint(String name, Optional<Protocol> protocol) {
        SavedAccount account = named(name);
        return filled(account, endpoint(account.account().endpoints(), protocol));
    }

    /** The endpoint of this protocol, filled likewise; absent where the account has none. */
    Optional<Endpoint> find(String name, Protocol protocol) {
        SavedAccount account = named(name);
        return account.account().endpoints().stream()
                .filter(endpoint -> endpoint.protocol() == protocol)
                .findFirst()
                .map(endpoint -> filled(account, endpoint));
    }

    private Endpoint filled(SavedAccount account, Endpoint endpoint) {
        Endpoint filled = secrets.fill(account, endpoint);
        taken.add(new Taken(account, filled));
        return filled;
    }

    private SavedAccount named(String name) {
        List<SavedAccount> named =
                load().stream().filter(account -> account.name().equals(name)).toList();
        if (named.isEmpty()) {
            throw new UsageMistake("there is no account of that name; --account takes a name as the list shows it.");
        }
        if (named.size() > 1) {
            throw new UsageMistake("several accounts have that name; give them different names first.");
        }
        return named.getFirst();
    }

    /**
     * Keeps a refresh token that came in place of the one of a login, where that login is the account's own.
     *
     * @param used the login as the command used it
     */
    void renewed(Login.TokenProvider used, Secret next) {
        Optional<SavedAccount> owner = taken.stream()
                .filter(own -> own.endpoint().login().equals(used))
                .map(Taken::account)
                .findFirst();
        secrets.renew(owner, used, next);
    }

    private static Endpoint endpoint(List<Endpoint> endpoints, Optional<Protocol> protocol) {
        String words =
                endpoints.stream().map(endpoint -> endpoint.protocol().word()).collect(Collectors.joining(", "));
        if (protocol.isEmpty() && endpoints.size() > 1) {
            throw new UsageMistake("the account has several endpoints; add --protocol with one of " + words + ".");
        }
        return endpoints.stream()
                .filter(endpoint -> protocol.isEmpty() || protocol.get() == endpoint.protocol())
                .findFirst()
                .orElseThrow(() -> new UsageMistake("the account has no such endpoint; it has " + words + "."));
    }

    private List<SavedAccount> load() {
        Opened opened = new AccountFile(places.accounts(), Clock.systemUTC()).load();
        if (opened instanceof Opened.Unreadable(String sentence)) {
            throw new UsageMistake(sentence);
        }
        return opened.accounts();
    }
}
