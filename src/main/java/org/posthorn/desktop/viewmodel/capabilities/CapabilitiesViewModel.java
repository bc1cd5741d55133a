package org.posthorn.desktop.viewmodel.capabilities;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.posthorn.account.Protocol;
import org.posthorn.client.PipeliningState;
import org.posthorn.desktop.viewmodel.capabilities.CapabilityRow.Change;
import org.posthorn.timeline.Facts.Stage;
import org.posthorn.timeline.Timeline;

/** The table of capabilities. */
public final class CapabilitiesViewModel {
    private final CapabilityRegistry registry;
    private final ObservableList<CapabilityRow> all = FXCollections.observableArrayList();
    private final ObservableList<CapabilityRow> readOnlyAll = FXCollections.unmodifiableObservableList(all);
    private final FilteredList<CapabilityRow> rows = new FilteredList<>(all);
    private final StringProperty filter = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper pipelining = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Set<Stage>> stages = new ReadOnlyObjectWrapper<>(Set.of());

    public CapabilitiesViewModel(CapabilityRegistry registry) {
        this.registry = registry;
        filter.subscribe(text ->
                rows.setPredicate(row -> matches(row, text.strip().toLowerCase(Locale.ROOT))));
    }

    // Properties

    /** The rows that pass the filter, in the server's order. */
    public ObservableList<CapabilityRow> rows() {
        return rows;
    }

    /** All rows, for their number. */
    public ObservableList<CapabilityRow> allRows() {
        return readOnlyAll;
    }

    /** What is looked for in names and meanings. */
    public StringProperty filterProperty() {
        return filter;
    }

    /** The stages at which the server announced anything: the columns that have a meaning. */
    public ReadOnlyObjectProperty<Set<Stage>> stagesProperty() {
        return stages.getReadOnlyProperty();
    }

    /** Whether the server takes commands together, and whether that is in force; empty before it is known. */
    public ReadOnlyStringProperty pipeliningProperty() {
        return pipelining.getReadOnlyProperty();
    }

    // Commands

    /** Shows what came of the pipelining setting. */
    public void show(Optional<PipeliningState> state) {
        pipelining.set(state.map(CapabilitiesViewModel::words).orElse(""));
    }

    private static String words(PipeliningState state) {
        return "Pipelining " + (state.supported() ? "supported" : "not announced") + ", "
                + (state.inForce() ? "in force" : "not in force");
    }

    /** Shows a snapshot's capabilities. */
    public void show(Protocol protocol, Timeline timeline) {
        Map<String, Set<Stage>> byName = new LinkedHashMap<>();
        Set<Stage> reached = EnumSet.noneOf(Stage.class);
        for (Stage stage : Stage.values()) {
            for (String name : timeline.capabilities(stage)) {
                byName.computeIfAbsent(name, _ -> EnumSet.noneOf(Stage.class)).add(stage);
                reached.add(stage);
            }
        }
        List<CapabilityRow> shown = new ArrayList<>();
        byName.forEach((name, at) -> shown.add(row(protocol, name, at, reached)));
        if (!all.equals(shown)) {
            all.setAll(shown);
        }
        stages.set(Set.copyOf(reached));
    }

    /** The rows that pass the filter, as text with tabs between the columns. */
    public String copyText() {
        return rows.stream().map(this::line).collect(Collectors.joining("\n", "", "\n"));
    }

    private String line(CapabilityRow row) {
        String where = Arrays.stream(Stage.values())
                .filter(stages.get()::contains)
                .map(stage -> row.at(stage) ? words(stage) : "–")
                .collect(Collectors.joining("\t"));
        return String.join("\t", row.name(), where, row.meaning(), row.rfc());
    }

    /** The name of a stage, as a column's title. */
    public static String words(Stage stage) {
        return switch (stage) {
            case BEFORE_TLS -> "before TLS";
            case AFTER_TLS -> "after TLS";
            case AFTER_LOGIN -> "after login";
        };
    }

    private CapabilityRow row(Protocol protocol, String name, Set<Stage> at, Set<Stage> reached) {
        Meaning meaning = registry.meaning(protocol, name).orElse(new Meaning("", ""));
        return new CapabilityRow(name, at, change(at, reached), meaning.sentence(), meaning.rfc());
    }

    /** The last difference counts: what holds after the login is what a client works with. */
    private static Change change(Set<Stage> at, Set<Stage> reached) {
        if (reached.contains(Stage.AFTER_LOGIN) && reached.size() > 1) {
            boolean earlier = at.contains(reached.contains(Stage.AFTER_TLS) ? Stage.AFTER_TLS : Stage.BEFORE_TLS);
            boolean now = at.contains(Stage.AFTER_LOGIN);
            if (earlier != now) {
                return now ? Change.NEW_AFTER_LOGIN : Change.GONE_AFTER_LOGIN;
            }
        }
        if (reached.contains(Stage.BEFORE_TLS) && reached.contains(Stage.AFTER_TLS)) {
            boolean earlier = at.contains(Stage.BEFORE_TLS);
            boolean now = at.contains(Stage.AFTER_TLS);
            if (earlier != now) {
                return now ? Change.NEW_AFTER_TLS : Change.GONE_AFTER_TLS;
            }
        }
        return Change.NONE;
    }

    private static boolean matches(CapabilityRow row, String text) {
        return (row.name() + " " + row.meaning() + " " + row.rfc())
                .toLowerCase(Locale.ROOT)
                .contains(text);
    }
}
