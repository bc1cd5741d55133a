package org.posthorn.desktop.viewmodel.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.posthorn.account.Secret;
import org.posthorn.account.SecretKeeping;
import org.posthorn.desktop.viewmodel.accounts.AccountItem.Origin;
import org.posthorn.desktop.viewmodel.secrets.SecretsViewModel;
import org.posthorn.storage.SavedAccount;
import org.posthorn.storage.secret.EndpointSecrets;
import org.posthorn.storage.secret.Kept;
import org.posthorn.storage.secret.SecretKey;
import org.posthorn.storage.secret.SecretProblem;

/**
 * Keeps the secrets of accounts that are saved, and removes those of accounts that are deleted. The account file has been
 * written by then: whatever comes of the secrets takes nothing from that.
 */
final class SecretWrites {
    private final SecretsViewModel secrets;
    private final Consumer<String> notice;
    private final List<Runnable> waiting = new ArrayList<>();
    private int underWay;

    /** @param notice is told what a person has to know */
    SecretWrites(SecretsViewModel secrets, Consumer<String> notice) {
        this.secrets = secrets;
        this.notice = notice;
    }

    /**
     * Keeps what an account has.
     *
     * @param before where its secrets were kept
     */
    void keep(AccountItem item, SavedAccount account, SecretKeeping before) {
        boolean stays = account.keeping() == before;
        boolean known = item.open().keeping().isKnown();
        boolean any = !EndpointSecrets.of(account.id(), account.account()).isEmpty();
        if (stays && (before == SecretKeeping.NONE || (!known && !any))) {
            return;
        }
        underWay++;
        if (account.keeping() == SecretKeeping.VAULT && any) {
            secrets.openVault(_ -> keepNow(item, account, before));
        } else {
            keepNow(item, account, before);
        }
    }

    /** Removes what is kept of an account; the answer holds it in memory, for {@link #restore}. */
    CompletableFuture<Map<SecretKey, Secret>> forget(AccountItem item) {
        if (item.origin() != Origin.STORED) {
            return CompletableFuture.completedFuture(Map.of());
        }
        return secrets.forget(item.saved(), kept -> {
            if (kept instanceof Kept.Refused(SecretProblem problem)) {
                notice.accept("“" + item.name() + "” is deleted, but what was kept of its passwords is still there. "
                        + problem.sentence());
            }
        });
    }

    void restore(AccountItem item, CompletableFuture<Map<SecretKey, Secret>> removed) {
        secrets.restore(item.saved(), removed, kept -> tell(item, kept));
    }

    /** Runs a step once nothing is under way. */
    void whenDone(Runnable step) {
        if (underWay == 0) {
            step.run();
        } else {
            waiting.add(step);
        }
    }

    private void keepNow(AccountItem item, SavedAccount account, SecretKeeping before) {
        boolean known = item.open().keeping().isKnown();
        secrets.keep(account, before, known, kept -> {
            switch (kept) {
                case Kept.Done _ when known -> item.open().keptAs(account);
                case Kept.Done _ -> item.open().keeping().recall();
                case Kept.Refused(SecretProblem problem) ->
                    item.open().keeping().notKept(problem);
            }
            tell(item, kept);
            end();
        });
    }

    private void end() {
        underWay--;
        if (underWay == 0) {
            List<Runnable> steps = List.copyOf(waiting);
            waiting.clear();
            steps.forEach(Runnable::run);
        }
    }

    private void tell(AccountItem item, Kept kept) {
        switch (kept) {
            case Kept.Done(String sentence) -> {
                if (!sentence.isEmpty()) {
                    notice.accept(sentence);
                }
            }
            case Kept.Refused(SecretProblem problem) ->
                notice.accept("“" + item.name() + "” is saved, but its passwords are not kept and stay in memory until"
                        + " Posthorn is closed. " + problem.sentence());
        }
    }
}
