package org.posthorn.desktop.viewmodel.secrets;

import java.nio.file.Path;
import org.posthorn.storage.secret.ScriptedKeychain;
import org.posthorn.storage.secret.SecretKeeper;
import org.posthorn.storage.secret.SecretProblem;
import org.posthorn.storage.secret.Vaults;

/** Secrets that are kept and recalled at once, on the calling thread. */
public final class InlineSecrets {
    private InlineSecrets() {}

    /** As in a session without a keychain; the vault would lie in a folder. */
    public static SecretsViewModel withoutKeychain(Path folder) {
        ScriptedKeychain keychain = new ScriptedKeychain();
        keychain.refuse(SecretProblem.Kind.MISSING);
        return of(keychain, folder);
    }

    public static SecretsViewModel of(ScriptedKeychain keychain, Path folder) {
        return new SecretsViewModel(
                new SecretKeeper(keychain, Vaults.cheap(folder.resolve("vault.json"))), Runnable::run, Runnable::run);
    }
}
