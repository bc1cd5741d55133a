package org.posthorn.desktop.viewmodel.accounts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Puts accounts under the headings of their folders: those without one first, then the folders by name. */
final class AccountRows {
    private AccountRows() {}

    static List<AccountRow> of(Collection<AccountItem> items, String filter, Set<String> folded) {
        Map<String, List<AccountItem>> byFolder = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        items.stream()
                .filter(item -> matches(item, filter.strip().toLowerCase(Locale.ROOT)))
                .forEach(item -> byFolder.computeIfAbsent(item.folder(), _ -> new ArrayList<>())
                        .add(item));
        List<AccountRow> rows = new ArrayList<>();
        byFolder.forEach((folder, members) -> {
            // What is looked for is shown, also in a folder that is folded.
            boolean hidden = folded.contains(folder) && filter.isBlank();
            if (!folder.isEmpty()) {
                rows.add(new AccountRow.Heading(folder, members.size(), hidden));
            }
            if (!hidden || folder.isEmpty()) {
                members.forEach(item -> rows.add(new AccountRow.Entry(item)));
            }
        });
        return rows;
    }

    private static boolean matches(AccountItem item, String text) {
        return (item.name() + " " + item.folder() + " " + hosts(item))
                .toLowerCase(Locale.ROOT)
                .contains(text);
    }

    private static String hosts(AccountItem item) {
        return String.join(
                " ",
                item.saved().account().endpoints().stream().map(e -> e.host()).toList());
    }
}
