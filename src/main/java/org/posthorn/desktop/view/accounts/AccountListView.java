package org.posthorn.desktop.view.accounts;

import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.viewmodel.accounts.AccountItem;
import org.posthorn.desktop.viewmodel.accounts.AccountRow;
import org.posthorn.desktop.viewmodel.accounts.AccountsViewModel;
import org.posthorn.desktop.viewmodel.accounts.Deletion;

/** The accounts at the left of the window. */
public final class AccountListView extends VBox {
    private final AccountsViewModel model;
    private final ListView<AccountRow> list = new ListView<>();
    private final TextField filter = new TextField();
    private boolean selecting;

    public AccountListView(AccountsViewModel model) {
        this.model = model;
        getStyleClass().add("account-list");
        filter.setPromptText("Filter accounts");
        filter.setAccessibleText("Filter accounts by name, folder or host");
        filter.textProperty().bindBidirectional(model.filterProperty());
        list.setItems(model.rows());
        list.setAccessibleText("Accounts");
        list.setEditable(true);
        AccountMenu menu = new AccountMenu(model, this::rename);
        list.setCellFactory(_ -> new AccountCell(model, menu));
        list.addEventHandler(KeyEvent.KEY_PRESSED, this::onKey);
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(filter, list, undoBar());
        list.getSelectionModel().selectedItemProperty().subscribe((_, row) -> onSelect(row));
        model.selectedProperty().subscribe(_ -> showSelected());
        model.rows().subscribe(this::showSelected);
    }

    private void onSelect(@Nullable AccountRow row) {
        if (!selecting && row instanceof AccountRow.Entry(AccountItem item)) {
            model.selectedProperty().set(Optional.of(item));
        }
    }

    private void showSelected() {
        selecting = true;
        model.selectedProperty()
                .get()
                .map(AccountRow.Entry::new)
                .filter(entry -> model.rows().contains(entry))
                .ifPresentOrElse(list.getSelectionModel()::select, list.getSelectionModel()::clearSelection);
        selecting = false;
    }

    private void rename(AccountItem item) {
        list.edit(model.rows().indexOf(new AccountRow.Entry(item)));
    }

    private void onKey(KeyEvent event) {
        AccountRow row = list.getSelectionModel().getSelectedItem();
        if (row instanceof AccountRow.Heading heading) {
            onHeadingKey(event, heading);
        } else if (row instanceof AccountRow.Entry(AccountItem item)) {
            onItemKey(event, item);
        }
    }

    private void onHeadingKey(KeyEvent event, AccountRow.Heading heading) {
        switch (event.getCode()) {
            case ENTER, SPACE -> model.toggle(heading.folder());
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void onItemKey(KeyEvent event, AccountItem item) {
        switch (event.getCode()) {
            case F2 -> rename(item);
            case DELETE, BACK_SPACE -> model.delete(item);
            case D -> {
                if (!event.isShortcutDown()) {
                    return;
                }
                model.duplicate(item);
            }
            default -> {
                return;
            }
        }
        event.consume();
    }

    /** Shown after a deletion, until the next one or until it is undone. */
    private HBox undoBar() {
        Label sentence = new Label();
        sentence.setWrapText(true);
        HBox.setHgrow(sentence, Priority.ALWAYS);
        sentence.setMaxWidth(Double.MAX_VALUE);
        HBox bar = new HBox(8, sentence, Buttons.link("Undo", model::undoDelete));
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("undo-bar");
        bar.managedProperty().bind(bar.visibleProperty());
        model.deletionProperty().subscribe(deletion -> {
            sentence.setText(deletion.map(Deletion::sentence).orElse(""));
            bar.setVisible(deletion.isPresent());
        });
        return bar;
    }
}
