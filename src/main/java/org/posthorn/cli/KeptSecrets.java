package org.posthorn.cli;

import java.util.Map;
import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.Secret;
import org.posthorn.account.SecretKeeping;
import org.posthorn.storage.SavedAccount;
import org.posthorn.storage.secret.EndpointSecrets;
import org.posthorn.storage.secret.Kept;
import org.posthorn.storage.secret.Recalled;
import org.posthorn.storage.secret.SecretKeeper;
import org.posthorn.storage.secret.SecretKey;
import org.posthorn.storage.secret.SecretProblem;
import org.posthorn.storage.secret.VaultOpening;

/** Gives a saved account those of its kept secrets that the command did not bring along. */
final class KeptSecrets {
    private static final String REPLACED = "The authorization server gave another refresh token in place of the one it"
            + " was asked with, which may be no longer good.";
    private static final String PASSPHRASES =
            "--vault-passphrase-env, --vault-passphrase-file or --vault-passphrase-stdin";

    private final SecretKeeper keeper;
    private final Optional<Secret> passphrase;
    private final boolean forLogin;
    private final Paper err;

    /**
     * @param passphrase of the vault, if one was given
     * @param forLogin whether the login's own secret is wanted too, since the command brought none
     */
    KeptSecrets(SecretKeeper keeper, Optional<Secret> passphrase, boolean forLogin, Paper err) {
        this.keeper = keeper;
        this.passphrase = passphrase;
        this.forLogin = forLogin;
        this.err = err;
    }

    /** The endpoint with its secrets; where they cannot be had and the login needs them, a mistake that says why. */
    Endpoint fill(SavedAccount account, Endpoint endpoint) {
        if (account.keeping() == SecretKeeping.NONE) {
            passphrase.ifPresent(_ -> {
                throw new UsageMistake(
                        "the account keeps no secrets, so there is nothing for --vault-passphrase to open.");
            });
            return endpoint;
        }
        boolean login = forLogin && !endpoint.login().secrets().isEmpty();
        boolean other = endpoint.proxy().flatMap(ProxySettings::login).isPresent()
                || endpoint.tls().clientCertificate().isPresent();
        return login || other ? recalled(account, endpoint, login && needsSecret(endpoint.login())) : endpoint;
    }

    /** Keeps a refresh token that came in place of another; where it cannot be kept, says what that means. */
    void renew(Optional<SavedAccount> account, Login.TokenProvider used, Secret next) {
        boolean replaced = !used.settings().refreshToken().isEmpty();
        if (account.isEmpty() || account.get().keeping() == SecretKeeping.NONE) {
            if (replaced) {
                err.line("posthorn: " + REPLACED + " It is not kept: only an account that keeps its secrets keeps it.");
            }
        } else if (keeper.renew(account.get(), used, next) instanceof Kept.Refused(SecretProblem problem)) {
            err.line("posthorn: " + (replaced ? REPLACED + " It" : "The refresh token of the sign-in")
                    + " could not be kept. " + problem.sentence());
        }
    }

    private Endpoint recalled(SavedAccount account, Endpoint endpoint, boolean needed) {
        passphrase.ifPresent(this::open);
        return switch (keeper.recall(account)) {
            case Recalled.Found(Map<SecretKey, Secret> secrets) ->
                EndpointSecrets.fill(account.id(), endpoint, secrets);
            case Recalled.Unavailable(SecretProblem problem) -> {
                if (needed) {
                    throw new UsageMistake(sentence(account.keeping(), problem));
                }
                err.line("posthorn: " + problem.sentence()
                        + (isLocked(account.keeping(), problem) ? " Add " + PASSPHRASES + "." : ""));
                yield endpoint;
            }
        };
    }

    private void open(Secret typed) {
        switch (keeper.vault().open(typed)) {
            case VaultOpening.Opened() -> {}
            case VaultOpening.WrongPassphrase _ ->
                throw new UsageMistake("--vault-passphrase: this is not the passphrase of the vault.");
            case VaultOpening.Failed(String sentence) -> throw new UsageMistake(sentence);
        }
    }

    private static boolean needsSecret(Login login) {
        return switch (login) {
            case Login.None _, Login.CurrentUser _ -> false;
            case Login.Password password -> password.needsPassword();
            case Login.AccessToken _ -> true;
            // A client may have none, and what is missing is told by the endpoint's own problems.
            case Login.TokenProvider _ -> false;
        };
    }

    private static boolean isLocked(SecretKeeping keeping, SecretProblem problem) {
        return keeping == SecretKeeping.VAULT && problem.kind() == SecretProblem.Kind.LOCKED;
    }

    private static String sentence(SecretKeeping keeping, SecretProblem problem) {
        String why = isLocked(keeping, problem)
                ? "the account's secrets are in the vault; add " + PASSPHRASES
                : "the account's secrets cannot be had: " + problem.sentence().replaceFirst("\\.$", "");
        return why + ", or give the password with --password-env, --password-file or --password-stdin.";
    }
}
