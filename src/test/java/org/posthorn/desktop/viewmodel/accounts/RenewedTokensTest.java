package org.posthorn.desktop.viewmodel.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Account;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.OauthClient;
import org.posthorn.account.OauthEndpoints;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.SecretKeeping;
import org.posthorn.account.TokenSettings;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;
import org.posthorn.desktop.viewmodel.account.Workbench;
import org.posthorn.desktop.viewmodel.capabilities.CapabilityRegistry;
import org.posthorn.desktop.viewmodel.connection.LiveConnection;
import org.posthorn.desktop.viewmodel.connection.ScriptedConnector;
import org.posthorn.desktop.viewmodel.secrets.InlineSecrets;
import org.posthorn.desktop.viewmodel.settings.SecretSetting;
import org.posthorn.desktop.viewmodel.settings.TextSetting;
import org.posthorn.storage.AccountFile;
import org.posthorn.storage.SavedAccount;
import org.posthorn.storage.secret.EndpointSecrets;
import org.posthorn.storage.secret.ScriptedKeychain;
import org.posthorn.storage.secret.SecretProblem.Kind;

/** A refresh token that takes the place of another while an account is tested. */
class RenewedTokensTest {
    private static final OauthClient CLIENT = new OauthClient(
            "client",
            Secret.of(""),
            new OauthEndpoints(
                    Optional.empty(),
                    Optional.of("https://login.example.org/authorize"),
                    Optional.of("https://login.example.org/token"),
                    Optional.empty()),
            "mail");
    private static final Secret OLD = Secret.of("old");
    private static final Secret NEXT = Secret.of("next");

    @TempDir
    Path folder;

    private final ScriptedKeychain keychain = new ScriptedKeychain();
    private final ScriptedConnector connector = new ScriptedConnector();
    private AccountsViewModel model = start(Path.of("nowhere"));

    @BeforeEach
    void begin() {
        Login login = Login.tokenProvider("alice", new TokenSettings.Refresh(CLIENT, OLD));
        Account account = new Account(
                "Work",
                List.of(
                        Endpoint.of(Protocol.IMAP, "mail.example.org").withLogin(login),
                        Endpoint.of(Protocol.SMTP, "mail.example.org").withLogin(login)));
        SavedAccount saved = SavedAccount.create(Optional.empty(), account).withKeeping(SecretKeeping.KEYCHAIN);
        keychain.keep(saved.id(), EndpointSecrets.of(saved.id(), account), Set.of());
        new AccountFile(folder.resolve("accounts.json"), Clock.systemUTC()).put(saved);
        model = restarted();
    }

    @Test
    void isKeptAtOnceForEveryEndpointThatUsedTheOldOne() {
        renew();

        assertThat(token(0)).isEqualTo(NEXT);
        assertThat(token(1)).isEqualTo(NEXT);
        assertThat(item().hasUnsaved()).isFalse();
        model = restarted();
        assertThat(token(0)).isEqualTo(NEXT);
        assertThat(token(1)).isEqualTo(NEXT);
    }

    @Test
    void isUsedByTheFormAloneWhereTheTestedSettingsAreNotTheSavedOnes() {
        text(Field.SCOPE).valueProperty().set("other");

        renew();

        assertThat(token(0)).isEqualTo(NEXT);
        model = restarted();
        assertThat(token(0)).isEqualTo(OLD);
    }

    @Test
    void aKeychainThatRefusesCostsNothingButIsTold() {
        assertThat(token(0)).isEqualTo(OLD);
        keychain.refuse(Kind.LOCKED);

        renew();

        assertThat(token(0)).isEqualTo(NEXT);
        assertThat(item().open().keeping().hasProblem()).isTrue();
        assertThat(item().open().keeping().sentenceProperty().get()).isEqualTo("The keychain is LOCKED.");
    }

    @Test
    void oneThatWasTypedMeanwhileStays() {
        item().open().selected().connect();
        SecretSetting typed = refreshToken(0);
        typed.valueProperty().set(Secret.of("typed"));

        connector.renewTo(NEXT);
        connector.last().succeed();

        assertThat(token(0)).isEqualTo(Secret.of("typed"));
    }

    @Test
    void theOneOfAConnectionThatStaysOpenIsKeptAndLeavesItsSettingsTheSame() {
        EndpointViewModel endpoint = item().open().selected();
        assertThat(endpoint.open(LiveConnection.Kind.MAIN)).isTrue();
        connector.renewTo(NEXT);
        connector.clients().getLast().last().opens(Instant.EPOCH);

        assertThat(token(0)).isEqualTo(NEXT);
        assertThat(endpoint.connections().outdatedProperty().get()).isFalse();
    }

    private void renew() {
        assertThat(item().open().selected().connect()).isTrue();
        connector.renewTo(NEXT);
        connector.last().succeed();
    }

    private AccountItem item() {
        return model.items().getFirst();
    }

    private Secret token(int endpoint) {
        return refreshToken(endpoint).value();
    }

    private SecretSetting refreshToken(int endpoint) {
        return (SecretSetting) item().open()
                .endpoints()
                .get(endpoint)
                .settings()
                .field(Field.REFRESH_TOKEN)
                .orElseThrow();
    }

    private TextSetting text(Field field) {
        return (TextSetting) item().open().selected().settings().field(field).orElseThrow();
    }

    private AccountsViewModel restarted() {
        AccountsViewModel again = start(folder);
        again.load();
        return again;
    }

    private AccountsViewModel start(Path place) {
        return new AccountsViewModel(
                new AccountFile(place.resolve("accounts.json"), Clock.systemUTC()),
                new Workbench(_ -> connector, new CapabilityRegistry(), ScriptedConnector.NOON, Runnable::run),
                InlineSecrets.of(keychain, place),
                Runnable::run,
                Runnable::run);
    }
}
