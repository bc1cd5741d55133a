package org.posthorn.desktop.viewmodel.accounts;

/**
 * A deletion that can be undone until the next one.
 *
 * @param index where the account stood
 */
public record Deletion(AccountItem item, int index) {

    public String sentence() {
        return "“" + item.name() + "” is deleted.";
    }
}
