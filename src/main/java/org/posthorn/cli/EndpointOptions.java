package org.posthorn.cli;

import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Problem;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.storage.Places;
import org.posthorn.storage.keychain.Keychain;
import org.posthorn.storage.secret.KeychainStore;
import org.posthorn.storage.secret.SecretKeeper;
import org.posthorn.storage.secret.Vault;
import picocli.CommandLine.Mixin;

/** Which endpoint a command speaks to and how, of a saved account or by options alone. */
final class EndpointOptions {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private LoginOptions login = new LoginOptions();

    @Mixin
    private VaultOptions vault = new VaultOptions();

    @Mixin
    private TlsOptions tls = new TlsOptions();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ClientOptions client = new ClientOptions();

    @Mixin
    private ProxyOptions proxy = new ProxyOptions();

    /** Whether the login is to be carried out. */
    boolean login() {
        return login.login();
    }

    boolean isSaved() {
        return server.isSaved();
    }

    /** Whether standard input holds a secret, so that nothing can be asked there. */
    boolean readsInput() {
        return vault.readsInput() || login.readsInput();
    }

    Optional<Secret> passphrase(Console console) {
        if (vault.readsInput() && login.readsInput()) {
            throw new UsageMistake("standard input can hold the vault's passphrase or the login's secret, not both.");
        }
        return vault.passphrase(console);
    }

    SavedAccounts accounts(Console console, Optional<Secret> passphrase, Paper err) {
        if (passphrase.isPresent() && !server.isSaved()) {
            throw new UsageMistake("--vault-passphrase goes with --account.");
        }
        Places places = SavedAccounts.places(console.environment());
        Keychain keychain = Keychain.of(System.getProperty("os.name"), console.environment());
        SecretKeeper keeper = new SecretKeeper(new KeychainStore(keychain), new Vault(places.vault()));
        return new SavedAccounts(places, new KeptSecrets(keeper, passphrase, login.lacksSecret(), err));
    }

    /** What the options describe. */
    Endpoint endpoint(Console console, SavedAccounts accounts) {
        return applied(server.endpoint(accounts), console);
    }

    /** The endpoint of this protocol, which need not be named where the account has several. */
    Endpoint endpoint(Protocol wanted, Console console, SavedAccounts accounts) {
        return applied(server.endpoint(wanted, accounts), console);
    }

    /** Another endpoint of the saved account, where it has one. */
    Optional<Endpoint> other(Protocol protocol, SavedAccounts accounts) {
        return server.other(protocol, accounts).map(client::applyReadOnly);
    }

    private Endpoint applied(Endpoint typed, Console console) {
        Endpoint secured = typed.withTls(tls.apply(typed.tls(), console.environment()));
        Endpoint through = proxy.apply(client.apply(connection.apply(secured)), console.environment());
        return login.apply(through, console);
    }

    /** Ends the command where an option goes with a mailbox and this endpoint has none. */
    void requireMailbox(Endpoint endpoint) {
        client.requireMailbox(endpoint);
    }

    /** Ends the command where the settings cannot be used, and tells what else there is to say about them. */
    static void complain(Endpoint endpoint, Paper err) {
        for (Problem problem : Problems.of(endpoint)) {
            String sentence = OptionNames.of(problem.field(), endpoint) + ": " + problem.sentence();
            if (problem.isError()) {
                throw new UsageMistake(sentence);
            }
            err.line("posthorn: " + sentence);
        }
    }
}
