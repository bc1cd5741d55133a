package org.posthorn.desktop.viewmodel.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Problem;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.transport.tls.TlsPreparation;

/** The form of one endpoint: its sections, the endpoint it makes as it stands, and what is wrong with it. */
public final class SettingsViewModel {
    private final List<SettingSection> sections;
    private final List<SettingField<?>> fields;
    private final ReadOnlyObjectWrapper<Endpoint> current;
    private final ReadOnlyObjectWrapper<List<Problem>> problems = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyIntegerWrapper unsaved = new ReadOnlyIntegerWrapper();
    private Endpoint saved;
    private Optional<Endpoint> kept = Optional.empty();
    private boolean filling;

    /**
     * @param saved the endpoint as it is in the file, or a new one
     * @param free whether the account has no other endpoint of a protocol
     */
    public SettingsViewModel(Endpoint saved, Predicate<Protocol> free) {
        this.saved = saved;
        current = new ReadOnlyObjectWrapper<>(saved);
        sections = List.of(
                ServerSection.of(free),
                LoginSection.of(),
                TokenSection.of(),
                TlsSection.of(),
                ProxySection.of(),
                TimeoutsSection.of(),
                NetworkSection.of(),
                ConnectionsSection.of(),
                LogSection.of());
        fields = sections.stream()
                .<SettingField<?>>flatMap(section -> section.fields().stream())
                .toList();
        fields.forEach(this::watch);
        fill(fields, saved);
    }

    // Properties

    public List<SettingSection> sections() {
        return sections;
    }

    public Stream<SettingField<?>> fields() {
        return fields.stream();
    }

    /** The setting of a field; empty for fields that are not an endpoint's. */
    public Optional<SettingField<?>> field(Field field) {
        return fields.stream()
                .<SettingField<?>>map(f -> f)
                .filter(f -> f.field() == field)
                .findFirst();
    }

    /** The endpoint as the form stands, unsaved edits included; text that cannot be read leaves its setting as it was. */
    public ReadOnlyObjectProperty<Endpoint> currentProperty() {
        return current.getReadOnlyProperty();
    }

    public Endpoint current() {
        return current.get();
    }

    /** The endpoint that the form is compared with and goes back to. */
    public Endpoint saved() {
        return saved;
    }

    /** Everything that is wrong, whether it is shown at its field yet or not. */
    public ReadOnlyObjectProperty<List<Problem>> problemsProperty() {
        return problems.getReadOnlyProperty();
    }

    public boolean hasErrors() {
        return problems.get().stream().anyMatch(Problem::isError);
    }

    /** Whether any text cannot be read as what it should be, so that the endpoint leaves it out. */
    public boolean hasUnreadable() {
        return fields.stream().anyMatch(field -> field.unreadable().isPresent());
    }

    /** How many settings differ from what is saved. */
    public ReadOnlyIntegerProperty unsavedProperty() {
        return unsaved.getReadOnlyProperty();
    }

    // Commands

    /** Shows every problem at its field, those of untouched fields too. */
    public void showProblems() {
        fields.forEach(SettingField::touch);
        rebuild();
    }

    /** Puts every setting back to an endpoint that is saved; a secret stays. */
    public void revertTo(Endpoint endpoint) {
        saved = endpoint;
        List<SettingField<?>> kept = fields.stream()
                .filter(field -> !(field instanceof SecretSetting))
                .toList();
        kept.forEach(SettingField::untouch);
        fill(kept, endpoint);
    }

    /** Takes an endpoint for what is saved; the form stays as it is. */
    public void savedAs(Endpoint endpoint) {
        saved = endpoint;
        rebuild();
    }

    /** Whether secrets are to be kept, so that one that is not counts as unsaved. */
    public void keepSecrets(boolean keep) {
        kept = keep ? kept.or(() -> Optional.of(saved)) : Optional.empty();
        rebuild();
    }

    /** Takes an endpoint's secrets for those that are kept. */
    public void keptAs(Endpoint endpoint) {
        kept = Optional.of(endpoint);
        rebuild();
    }

    /** Shows the secrets of an endpoint that are kept, but for those that were typed meanwhile. */
    public void recalled(Endpoint endpoint) {
        kept = Optional.of(endpoint);
        fill(secrets().filter(secret -> secret.value().isEmpty()).toList(), endpoint);
    }

    /** Takes a refresh token in place of the one that a login of this form was tested with. */
    public void renewed(Login.TokenProvider used, Secret next) {
        kept = kept.filter(endpoint -> endpoint.login().isLike(used))
                .map(endpoint -> TokenSection.renewed(endpoint, next))
                .or(() -> kept);
        if (current().login().equals(used)) {
            fill(
                    secrets()
                            .filter(secret -> secret.field() == Field.REFRESH_TOKEN)
                            .toList(),
                    TokenSection.renewed(current(), next));
        }
    }

    /** Puts the secrets back to those that are kept; where none are, they stay. */
    public void revertSecrets() {
        kept.ifPresent(endpoint -> fill(secrets().toList(), endpoint));
    }

    /** Builds the endpoint anew, after something outside the form has changed. */
    public void rebuild() {
        if (filling) {
            return;
        }
        Endpoint built = saved;
        for (SettingField<?> field : fields) {
            built = field.applyTo(built);
        }
        List<Problem> found = new ArrayList<>();
        fields.forEach(field -> field.unreadable().ifPresent(found::add));
        found.addAll(built.problems());
        if (built.security() != TlsMode.NONE) {
            found.addAll(TlsPreparation.problemsOfOffer(built.tls()));
        }
        finish(built, found);
    }

    private void finish(Endpoint built, List<Problem> found) {
        filling = true;
        fields.forEach(field -> field.update(built, compared(field, built), found));
        filling = false;
        problems.set(List.copyOf(found));
        unsaved.set((int) fields.stream().filter(f -> f.unsavedProperty().get()).count());
        current.set(built);
    }

    /** A secret is compared with what is kept, and with itself where nothing is. */
    private Endpoint compared(SettingField<?> field, Endpoint built) {
        return field instanceof SecretSetting ? kept.orElse(built) : saved;
    }

    private Stream<SecretSetting> secrets() {
        return fields.stream().filter(SecretSetting.class::isInstance).map(SecretSetting.class::cast);
    }

    private void watch(SettingField<?> field) {
        field.valueProperty().subscribe((_, _) -> {
            if (!filling) {
                field.touch();
                rebuild();
            }
        });
    }

    private void fill(List<? extends SettingField<?>> some, Endpoint endpoint) {
        filling = true;
        some.forEach(field -> field.show(endpoint));
        filling = false;
        rebuild();
    }
}
