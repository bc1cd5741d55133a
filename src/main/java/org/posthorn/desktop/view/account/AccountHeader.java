package org.posthorn.desktop.view.account;

import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.util.Subscription;
import org.posthorn.desktop.view.control.Badge;
import org.posthorn.desktop.view.control.Buttons;
import org.posthorn.desktop.view.control.Icon;
import org.posthorn.desktop.viewmodel.account.AccountViewModel;
import org.posthorn.desktop.viewmodel.account.EndpointViewModel;
import org.posthorn.desktop.viewmodel.accounts.AccountItem;
import org.posthorn.desktop.viewmodel.desktop.DesktopViewModel;

/** The account's name, its endpoints, what is tested, and whether there is anything to save. */
public final class AccountHeader extends HBox {
    private static final double LONGEST_NAME = 280;
    private static final double LEAST_SUMMARY = 110;

    private final DesktopViewModel desktop;
    private final Label name = new Label();
    private final Label summary = new Label();
    private final Badge unsaved = new Badge("", Badge.Meaning.WARN);
    private final Button revert;
    private final Button save;
    private Subscription account = Subscription.EMPTY;
    private Subscription endpoint = Subscription.EMPTY;

    public AccountHeader(DesktopViewModel desktop) {
        super(12);
        this.desktop = desktop;
        name.getStyleClass().add("title");
        summary.getStyleClass().add("muted");
        summary.setMinWidth(0);
        summary.visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        this::isSummaryReadable, summary.widthProperty(), summary.textProperty()));
        summary.textProperty().subscribe(text -> summary.setTooltip(new Tooltip(text)));
        revert = Buttons.icon(Icon.UNDO, "Put back everything that is not saved", desktop::revert);
        save = Buttons.plain("_Save", desktop::save);
        save.setTooltip(new Tooltip("Save the account (Ctrl+S)"));
        save.textProperty()
                .bind(Bindings.when(desktop.accounts().savingProperty())
                        .then("Saving…")
                        .otherwise("_Save"));
        save.disableProperty().bind(desktop.canSaveProperty().not());
        save.setMinWidth(USE_PREF_SIZE);
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("account-header");
        desktop.currentProperty().subscribe(this::show);
        desktop.endpointProperty().subscribe(this::showEndpoint);
    }

    /** Beside a long name there may be room for no more than the first letters, which say nothing. */
    private boolean isSummaryReadable() {
        return summary.getWidth() >= Math.min(LEAST_SUMMARY, Math.floor(summary.prefWidth(-1)));
    }

    private void show(Optional<AccountViewModel> shown) {
        account.unsubscribe();
        account = shown.map(this::fill).orElse(Subscription.EMPTY);
    }

    private Subscription fill(AccountViewModel shown) {
        EndpointSwitch endpoints = new EndpointSwitch(shown);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox.setHgrow(summary, Priority.SOMETIMES);
        getChildren().setAll(name, endpoints, summary, space, unsaved, revert, save);
        return Subscription.combine(
                shown.nameProperty().subscribe(this::showName),
                shown.unsavedProperty().subscribe(_ -> showUnsaved()),
                endpoints::end);
    }

    /** A name keeps its room beside a long summary, unless it is very long itself. */
    private void showName(String text) {
        name.setText(text);
        Text measured = new Text(text);
        measured.setFont(Font.font("Inter Semi Bold", 18));
        name.setMinWidth(
                Math.min(LONGEST_NAME, Math.ceil(measured.getLayoutBounds().getWidth())));
    }

    private void showUnsaved() {
        boolean demo = desktop.accounts()
                .selectedProperty()
                .get()
                .filter(item -> item.origin() == AccountItem.Origin.DEMO)
                .isPresent();
        int changes = desktop.currentProperty()
                .get()
                .map(shown -> shown.unsavedProperty().get())
                .orElse(0);
        boolean any = changes > 0 && !demo;
        unsaved.setText(changes == 1 ? "1 unsaved change" : changes + " unsaved changes");
        unsaved.setVisible(any);
        unsaved.setManaged(any);
        revert.setVisible(any);
        revert.setManaged(any);
        save.setVisible(!demo);
        save.setManaged(!demo);
    }

    private void showEndpoint(Optional<EndpointViewModel> shown) {
        endpoint.unsubscribe();
        endpoint =
                shown.map(e -> e.summaryProperty().subscribe(summary::setText)).orElse(Subscription.EMPTY);
    }
}
