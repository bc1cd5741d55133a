package org.posthorn.desktop.view.accounts;

import java.util.function.Consumer;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCombination;
import org.posthorn.desktop.viewmodel.accounts.AccountItem;
import org.posthorn.desktop.viewmodel.accounts.AccountsViewModel;

/**
 * What can be done with an account of the list.
 *
 * @param rename begins to edit its name
 */
record AccountMenu(AccountsViewModel model, Consumer<AccountItem> rename) {

    ContextMenu of(AccountItem item) {
        ContextMenu menu = new ContextMenu();
        if (item.origin() != AccountItem.Origin.DEMO) {
            menu.getItems().add(item("Rename", "F2", () -> rename.accept(item)));
        }
        menu.getItems()
                .addAll(
                        item("Duplicate", "Shortcut+D", () -> model.duplicate(item)),
                        item("Delete", "Delete", () -> model.delete(item)));
        return menu;
    }

    private static MenuItem item(String text, String keys, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setAccelerator(KeyCombination.valueOf(keys));
        item.setOnAction(_ -> action.run());
        return item;
    }
}
