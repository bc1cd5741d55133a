package org.posthorn.cli;

import java.util.HashMap;
import java.util.Map;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Secret;

/**
 * Keeps the refresh tokens that come in place of others while a command runs: whenever it may be ended next, since the one that
 * was kept before is then of no use. The same one is kept, or told to be lost, once.
 */
final class RenewedTokens {
    private final Checker checker;
    private final SavedAccounts accounts;
    private final Map<Login.TokenProvider, Secret> known = new HashMap<>();

    RenewedTokens(Checker checker, SavedAccounts accounts) {
        this.checker = checker;
        this.accounts = accounts;
    }

    /** Looks whether the login of an endpoint has another by now. */
    void keep(Endpoint endpoint) {
        if (endpoint.login() instanceof Login.TokenProvider used) {
            Secret now = checker.refreshToken(used);
            Secret before = known.getOrDefault(used, used.settings().refreshToken());
            if (!now.equals(before)) {
                known.put(used, now);
                accounts.renewed(used, now);
            }
        }
    }
}
