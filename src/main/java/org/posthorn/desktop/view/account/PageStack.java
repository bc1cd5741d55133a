package org.posthorn.desktop.view.account;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;
import org.posthorn.account.Field;
import org.posthorn.desktop.view.connection.ConnectionLinks;
import org.posthorn.desktop.viewmodel.account.AccountViewModel;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;
import org.posthorn.desktop.viewmodel.accounts.AccountItem;
import org.posthorn.desktop.viewmodel.desktop.DesktopViewModel;

/** The page that is shown of the endpoint that is shown. */
public final class PageStack extends StackPane {
    private final DesktopViewModel desktop;
    private final ConnectionLinks links;
    private final ObservableBooleanValue reducedMotion;
    private final Map<EndpointViewModel, EndpointPages> pages = new HashMap<>();
    private final Map<AccountViewModel, Subscription> accounts = new HashMap<>();

    public PageStack(DesktopViewModel desktop, ConnectionLinks links, ObservableBooleanValue reducedMotion) {
        this.desktop = desktop;
        this.links = links;
        this.reducedMotion = reducedMotion;
        getStyleClass().add("page-stack");
        setMinHeight(120);
        desktop.endpointProperty().subscribe(_ -> show());
        desktop.tabProperty().subscribe(_ -> show());
        desktop.attentionProperty().subscribe((_, field) -> field.ifPresent(this::focus));
        desktop.accounts().items().subscribe(this::forget);
    }

    private void show() {
        Optional<EndpointPages> shown = desktop.endpointProperty().get().flatMap(this::pages);
        getChildren().clear();
        shown.ifPresent(p -> getChildren().add(p.page(desktop.tabProperty().get())));
    }

    private Optional<EndpointPages> pages(EndpointViewModel endpoint) {
        return desktop.currentProperty().get().map(account -> {
            watch(account);
            return pages.computeIfAbsent(
                    endpoint,
                    e -> new EndpointPages(
                            e, desktop::openConnection, desktop::sendMessage, account.keeping(), links, reducedMotion));
        });
    }

    private void focus(Field field) {
        layout();
        desktop.endpointProperty().get().flatMap(this::pages).ifPresent(p -> p.focus(field));
    }

    private void watch(AccountViewModel account) {
        accounts.computeIfAbsent(account, a -> a.endpoints().subscribe(this::forget));
    }

    /** Lets go of the pages of endpoints and accounts that are gone. */
    private void forget() {
        var ids = desktop.accounts().items().stream().map(AccountItem::id).toList();
        accounts.entrySet().removeIf(entry -> {
            boolean gone = !ids.contains(entry.getKey().id());
            if (gone) {
                entry.getValue().unsubscribe();
            }
            return gone;
        });
        pages.keySet()
                .removeIf(endpoint -> accounts.keySet().stream()
                        .noneMatch(account -> account.endpoints().contains(endpoint)));
    }
}
