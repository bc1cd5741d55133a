package org.posthorn.desktop.viewmodel.accounts;

/** A row of the list. */
public sealed interface AccountRow {

    /**
     * The heading of a folder.
     *
     * @param count how many accounts it holds that pass the filter
     * @param folded whether they are hidden
     */
    record Heading(String folder, int count, boolean folded) implements AccountRow {}

    record Entry(AccountItem item) implements AccountRow {}
}
