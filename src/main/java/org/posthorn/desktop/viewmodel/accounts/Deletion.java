package org.posthorn.desktop.viewmodel.accounts;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.posthorn.account.Secret;
import org.posthorn.storage.secret.SecretKey;

/**
 * A deletion that can be undone until the next one.
 *
 * @param index where the account stood
 * @param secrets what was kept of it, held in memory until then
 */
public record Deletion(AccountItem item, int index, CompletableFuture<Map<SecretKey, Secret>> secrets) {

    public String sentence() {
        return "“" + item.name() + "” is deleted.";
    }
}
