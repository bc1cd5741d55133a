package org.posthorn.desktop.view.accounts;

import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.posthorn.desktop.view.control.Icon;
import org.posthorn.desktop.view.control.StatusMark;
import org.posthorn.desktop.viewmodel.accounts.AccountItem;
import org.posthorn.desktop.viewmodel.accounts.AccountRow;
import org.posthorn.desktop.viewmodel.accounts.AccountsViewModel;

/** An account or the heading of a folder. An account's name can be edited in place. */
final class AccountCell extends ListCell<AccountRow> {
    private final AccountsViewModel model;
    private final AccountMenu menu;
    private final StatusMark mark = new StatusMark();
    private final Label name = new Label();
    private final Label detail = new Label();
    private final HBox entry;
    private Subscription watching = Subscription.EMPTY;

    AccountCell(AccountsViewModel model, AccountMenu menu) {
        this.model = model;
        this.menu = menu;
        name.getStyleClass().add("account-name");
        detail.getStyleClass().add("account-detail");
        detail.setMinWidth(USE_PREF_SIZE);
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        entry = new HBox(7, mark, name, detail);
        entry.setAlignment(Pos.CENTER_LEFT);
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable AccountRow row, boolean empty) {
        super.updateItem(row, empty);
        watching.unsubscribe();
        watching = Subscription.EMPTY;
        setText(null);
        setGraphic(null);
        setContextMenu(null);
        getStyleClass().removeAll("heading", "entry");
        if (row != null && !empty) {
            show(row);
        }
    }

    private void show(AccountRow row) {
        switch (row) {
            case AccountRow.Heading heading -> showHeading(heading);
            case AccountRow.Entry(AccountItem item) -> showEntry(item);
        }
    }

    private void showHeading(AccountRow.Heading heading) {
        getStyleClass().add("heading");
        Node arrow = (heading.folded() ? Icon.RIGHT : Icon.DOWN).node();
        setGraphic(arrow);
        setText(heading.folded() ? heading.folder() + " (" + heading.count() + ")" : heading.folder());
        setAccessibleText("Folder " + heading.folder() + ", " + heading.count() + " accounts"
                + (heading.folded() ? ", folded" : ""));
        setOnMouseClicked(_ -> {
            if (getItem() instanceof AccountRow.Heading clicked) {
                model.toggle(clicked.folder());
            }
        });
    }

    private void showEntry(AccountItem item) {
        getStyleClass().add("entry");
        setOnMouseClicked(null);
        setGraphic(entry);
        setContextMenu(menu.of(item));
        watching = item.nameProperty()
                .subscribe(_ -> describe(item))
                .and(item.unsavedProperty().subscribe(_ -> describe(item)))
                .and(item.detailProperty().subscribe(_ -> describe(item)))
                .and(item.statusProperty().subscribe(_ -> describe(item)));
    }

    private void describe(AccountItem item) {
        var status = item.statusProperty().get();
        mark.show(status.name().toLowerCase(Locale.ROOT));
        name.setText(item.hasUnsaved() ? item.name() + " *" : item.name());
        detail.setText(item.detailProperty().get());
        setAccessibleText(item.name() + ", " + status.word() + ", " + detail.getText()
                + (item.hasUnsaved() ? ", not saved" : ""));
    }

    @Override
    public void startEdit() {
        if (getItem() instanceof AccountRow.Entry(AccountItem item) && item.origin() != AccountItem.Origin.DEMO) {
            super.startEdit();
            edit(item);
        }
    }

    @Override
    public void cancelEdit() {
        super.cancelEdit();
        setGraphic(entry);
    }

    private void edit(AccountItem item) {
        TextField typed = new TextField(item.name());
        typed.setAccessibleText("Name of the account");
        typed.setOnAction(_ -> finish(item, typed.getText()));
        typed.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                cancelEdit();
                event.consume();
            }
        });
        typed.focusedProperty().subscribe((_, focused) -> {
            if (!focused && isEditing()) {
                finish(item, typed.getText());
            }
        });
        setGraphic(typed);
        typed.requestFocus();
        typed.selectAll();
    }

    private void finish(AccountItem item, String typed) {
        cancelEdit();
        if (!typed.strip().equals(item.name())) {
            model.rename(item, typed);
        }
    }
}
