package org.posthorn.desktop.viewmodel.desktop;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.posthorn.desktop.viewmodel.account.AccountViewModel;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;
import org.posthorn.desktop.viewmodel.accounts.AccountItem;
import org.posthorn.storage.WindowState;
import org.posthorn.storage.WindowStateFile;

/** Puts the window back as it was left. */
final class WindowMemory {
    private static final String ACCOUNT = "account";
    private static final String ENDPOINT = "endpoint";
    private static final String TAB = "tab";

    private final WindowStateFile file;
    private WindowState state = WindowState.first();

    WindowMemory(WindowStateFile file) {
        this.file = file;
    }

    WindowLayout recall(DesktopViewModel desktop) {
        state = file.load();
        desktop.themeProperty().set(Theme.of(state.theme()));
        desktop.tabProperty().set(Tab.of(state.selection().getOrDefault(TAB, "")));
        String id = state.selection().getOrDefault(ACCOUNT, "");
        desktop.accounts().items().stream()
                .filter(item -> item.id().equals(id))
                .findFirst()
                .ifPresent(item -> select(desktop, item));
        Optional<WindowLayout.Bounds> bounds =
                state.bounds().map(b -> new WindowLayout.Bounds(b.x(), b.y(), b.width(), b.height()));
        return new WindowLayout(bounds, state.maximized(), state.panes());
    }

    private void select(DesktopViewModel desktop, AccountItem item) {
        desktop.accounts().selectedProperty().set(Optional.of(item));
        String word = state.selection().getOrDefault(ENDPOINT, "");
        AccountViewModel account = item.open();
        account.endpoints().stream()
                .filter(endpoint -> endpoint.protocol().word().equals(word))
                .findFirst()
                .ifPresent(account.selectedProperty()::set);
    }

    void keep(DesktopViewModel desktop, WindowLayout layout) {
        Map<String, String> selection = new HashMap<>();
        selection.put(TAB, desktop.tabProperty().get().word());
        desktop.currentProperty().get().ifPresent(account -> {
            EndpointViewModel endpoint = account.selected();
            selection.put(ACCOUNT, account.id());
            selection.put(ENDPOINT, endpoint.protocol().word());
        });
        Optional<WindowState.Bounds> bounds =
                layout.bounds().map(b -> new WindowState.Bounds(b.x(), b.y(), b.width(), b.height()));
        state = new WindowState(
                bounds,
                layout.maximized(),
                layout.panes(),
                selection,
                desktop.themeProperty().get().word());
        file.save(state);
    }
}
