package org.posthorn.desktop.viewmodel.about;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.posthorn.release.Build;
import org.posthorn.release.Dependency;
import org.posthorn.release.Newest;

/** This copy of Posthorn, and on request whether there is a newer one. */
public final class AboutViewModel {
    private final Build build;
    private final List<Dependency> dependencies = Dependency.all();
    private final Function<URI, Newest> releases;
    private final Executor threads;
    private final Executor ui;
    private final ReadOnlyBooleanWrapper asking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Newest>> newest = new ReadOnlyObjectWrapper<>(Optional.empty());

    /**
     * Asks nobody anything.
     *
     * @param releases looks at the page of releases, on one of the threads
     */
    public AboutViewModel(Build build, Function<URI, Newest> releases, Executor threads, Executor ui) {
        this.build = build;
        this.releases = releases;
        this.threads = threads;
        this.ui = ui;
    }

    public String version() {
        return build.version();
    }

    public List<Dependency> dependencies() {
        return dependencies;
    }

    /** Whether this copy knows where releases are published. */
    public boolean canAsk() {
        return build.releases().isPresent();
    }

    public ReadOnlyBooleanProperty askingProperty() {
        return asking.getReadOnlyProperty();
    }

    /** The answer; empty until a person has asked. */
    public ReadOnlyObjectProperty<Optional<Newest>> newestProperty() {
        return newest.getReadOnlyProperty();
    }

    /** Looks for a newer version, once at a time. */
    public void ask() {
        if (asking.get() || build.releases().isEmpty()) {
            return;
        }
        asking.set(true);
        URI page = build.releases().get();
        threads.execute(() -> {
            Newest answer = releases.apply(page);
            ui.execute(() -> {
                newest.set(Optional.of(answer));
                asking.set(false);
            });
        });
    }
}
