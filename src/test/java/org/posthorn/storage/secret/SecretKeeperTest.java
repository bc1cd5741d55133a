package org.posthorn.storage.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.Account;
import org.posthorn.account.ClientCertificate;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.OauthClient;
import org.posthorn.account.Protocol;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.Secret;
import org.posthorn.account.SecretKeeping;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TokenSettings;
import org.posthorn.storage.SavedAccount;

class SecretKeeperTest {
    private static final Secret PASSPHRASE = Secret.of("correct horse");

    @TempDir
    Path folder;

    private final ScriptedKeychain keychain = new ScriptedKeychain();
    private Vault vault = vault(Path.of(""));
    private SecretKeeper keeper = new SecretKeeper(keychain, vault);

    @BeforeEach
    void begin() {
        vault = vault(folder.resolve("vault.json"));
        vault.create(PASSPHRASE);
        keeper = new SecretKeeper(keychain, vault);
    }

    @ParameterizedTest
    @EnumSource(
            value = SecretKeeping.class,
            names = {"KEYCHAIN", "VAULT"})
    void everySecretComesBackToItsPlace(SecretKeeping keeping) {
        SavedAccount account = account("alice", keeping);
        assertThat(keep(account, SecretKeeping.NONE)).isEqualTo(new Kept.Done(""));

        assertThat(recalled(account.withoutSecrets())).isEqualTo(account);
    }

    @Test
    void keepsNothingWhereNothingIsToBeKept() {
        SavedAccount account = account("alice", SecretKeeping.NONE);

        assertThat(keep(account, SecretKeeping.NONE)).isEqualTo(new Kept.Done(""));

        assertThat(keychain.names()).isEmpty();
        assertThat(vault.recall(account.id())).isEqualTo(new Recalled.Found(Map.of()));
        assertThat(keeper.recall(account)).isEqualTo(new Recalled.Found(Map.of()));
    }

    @Test
    void anotherNameIsStillTheSameAccount() {
        SavedAccount account = account("alice", SecretKeeping.KEYCHAIN);
        keep(account, SecretKeeping.NONE);
        SavedAccount renamed =
                account.withAccount(new Account("alison", account.account().endpoints()));

        assertThat(recalled(renamed.withoutSecrets())).isEqualTo(renamed);
    }

    @Test
    void movesFromOnePlaceToTheOther() {
        SavedAccount account = account("alice", SecretKeeping.KEYCHAIN);
        keep(account, SecretKeeping.NONE);
        SavedAccount moved = account.withKeeping(SecretKeeping.VAULT);

        assertThat(keep(moved, SecretKeeping.KEYCHAIN)).isEqualTo(new Kept.Done(""));

        assertThat(keychain.names()).isEmpty();
        assertThat(recalled(moved.withoutSecrets())).isEqualTo(moved);
    }

    @Test
    void whatIsToBeKeptNoLongerIsRemoved() {
        SavedAccount account = account("alice", SecretKeeping.KEYCHAIN);
        keep(account, SecretKeeping.NONE);

        keep(account.withKeeping(SecretKeeping.NONE), SecretKeeping.KEYCHAIN);

        assertThat(keychain.names()).isEmpty();
    }

    @Test
    void aSecretThatIsEmptiedIsRemoved() {
        SavedAccount account = account("alice", SecretKeeping.KEYCHAIN);
        keep(account, SecretKeeping.NONE);

        keep(account.withoutSecrets(), SecretKeeping.KEYCHAIN);

        assertThat(keychain.names()).isEmpty();
    }

    @Test
    void whatCouldNotBeRecalledIsNotRemoved() {
        SavedAccount account = account("alice", SecretKeeping.KEYCHAIN);
        keep(account, SecretKeeping.NONE);

        keeper.keep(account.withoutSecrets(), SecretKeeping.KEYCHAIN, false);
        Kept moved =
                keeper.keep(account.withoutSecrets().withKeeping(SecretKeeping.VAULT), SecretKeeping.KEYCHAIN, false);

        assertThat(keychain.names()).hasSize(6);
        assertThat(moved)
                .asInstanceOf(type(Kept.Done.class))
                .extracting(Kept.Done::sentence)
                .asString()
                .contains("the keychain held", "still there");
    }

    @Test
    void aRefusalLosesNothingOfTheOtherPlace() {
        SavedAccount account = account("alice", SecretKeeping.VAULT);
        keep(account, SecretKeeping.NONE);
        keychain.refuse(SecretProblem.Kind.LOCKED);

        Kept kept = keep(account.withKeeping(SecretKeeping.KEYCHAIN), SecretKeeping.VAULT);

        assertThat(kept).isInstanceOf(Kept.Refused.class);
        assertThat(recalled(account.withoutSecrets())).isEqualTo(account);
    }

    @ParameterizedTest
    @EnumSource(SecretProblem.Kind.class)
    void everyRefusalOfTheKeychainIsHandedOn(SecretProblem.Kind kind) {
        SavedAccount account = account("alice", SecretKeeping.KEYCHAIN);
        keychain.refuse(kind);

        assertThat(keep(account, SecretKeeping.NONE))
                .isEqualTo(new Kept.Refused(new SecretProblem(kind, "The keychain is " + kind + ".")));
        assertThat(keeper.recall(account))
                .isEqualTo(new Recalled.Unavailable(new SecretProblem(kind, "The keychain is " + kind + ".")));
    }

    @Test
    void aKeychainThatAppearsLaterHidesNoVault() {
        keychain.refuse(SecretProblem.Kind.MISSING);
        SavedAccount account = account("alice", SecretKeeping.VAULT);
        keep(account, SecretKeeping.NONE);
        keychain.answer();

        assertThat(recalled(account.withoutSecrets())).isEqualTo(account);
        assertThat(recalled(account.withoutSecrets().withKeeping(SecretKeeping.KEYCHAIN))
                        .account())
                .isEqualTo(account.account());
    }

    @Test
    void aKeychainThatIsGoneHidesNoOpenVault() {
        SavedAccount account = account("alice", SecretKeeping.VAULT);
        keep(account, SecretKeeping.NONE);
        keychain.refuse(SecretProblem.Kind.VANISHED);

        assertThat(recalled(account.withoutSecrets().withKeeping(SecretKeeping.KEYCHAIN))
                        .account())
                .isEqualTo(account.account());
    }

    @Test
    void aRefreshTokenTakesThePlaceOfAnotherAndNothingElseChanges() {
        SavedAccount account = account("alice", SecretKeeping.KEYCHAIN);
        keep(account, SecretKeeping.NONE);
        var used = (Login.TokenProvider)
                account.account().endpoint(Protocol.POP3).orElseThrow().login();

        assertThat(keeper.renew(account.withoutSecrets(), used, Secret.of("next")))
                .isEqualTo(new Kept.Done(""));
        assertThat(keeper.renew(account.withoutSecrets(), used.withUser("bob"), Secret.of("bob's")))
                .isEqualTo(new Kept.Done(""));

        Account expected = new Account(
                "alice",
                account.account().endpoints().stream()
                        .map(endpoint -> endpoint.login().equals(used)
                                ? endpoint.withLogin(
                                        used.withSettings(used.settings().withRefreshToken(Secret.of("next"))))
                                : endpoint)
                        .toList());
        assertThat(recalled(account.withoutSecrets()).account()).isEqualTo(expected);
    }

    @Test
    void aDeletedAccountTakesItsSecretsWithItAndNoOthers() {
        SavedAccount alice = account("alice", SecretKeeping.KEYCHAIN);
        SavedAccount bob = account("bob", SecretKeeping.KEYCHAIN);
        keep(alice, SecretKeeping.NONE);
        keep(bob, SecretKeeping.NONE);

        assertThat(keeper.forget(alice)).isEqualTo(new Kept.Done(""));

        assertThat(keychain.names()).hasSize(6).allMatch(name -> name.startsWith(bob.id()));
    }

    private Kept keep(SavedAccount account, SecretKeeping before) {
        return keeper.keep(account, before, true);
    }

    private SavedAccount recalled(SavedAccount bare) {
        Recalled recalled = keeper.recall(bare);
        assertThat(recalled).isInstanceOf(Recalled.Found.class);
        return bare.withAccount(EndpointSecrets.fill(bare.id(), bare.account(), ((Recalled.Found) recalled).secrets()));
    }

    private static SavedAccount account(String name, SecretKeeping keeping) {
        Endpoint imap = Endpoint.of(Protocol.IMAP, "mail.example.org")
                .withLogin(Login.password("alice", Secret.of("imap password")))
                .withProxy(Optional.of(ProxySettings.of(ProxyKind.SOCKS5, "proxy.example.org")
                        .withLogin("pat", Secret.of("proxy password"))));
        OauthClient client = OauthClient.none().withId("client").withSecret(Secret.of("client secret"));
        Endpoint pop3 = Endpoint.of(Protocol.POP3, "mail.example.org")
                .withLogin(Login.tokenProvider("alice", new TokenSettings.Refresh(client, Secret.of("refresh token"))));
        TlsSettings tls = TlsSettings.defaults()
                .withClientCertificate(
                        Optional.of(new ClientCertificate(Path.of("key.p12"), Secret.of("key passphrase"))));
        Endpoint smtp = Endpoint.of(Protocol.SMTP, "mail.example.org")
                .withTls(tls)
                .withLogin(Login.accessToken("alice", Secret.of("smtp token")));
        return SavedAccount.create(Optional.empty(), new Account(name, List.of(imap, pop3, smtp)))
                .withKeeping(keeping);
    }

    private static Vault vault(Path path) {
        return new Vault(path, new VaultCost(64, 1, 1), Duration.ofSeconds(1));
    }
}
