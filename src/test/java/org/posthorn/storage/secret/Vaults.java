package org.posthorn.storage.secret;

import java.nio.file.Path;
import java.time.Duration;

/** Vaults whose passphrases cost little to try. */
public final class Vaults {
    private Vaults() {}

    public static Vault cheap(Path path) {
        return new Vault(path, new VaultCost(64, 1, 1), Duration.ofSeconds(10));
    }
}
