package org.posthorn.desktop.viewmodel.about;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.posthorn.release.Build;
import org.posthorn.release.Newest;

class AboutViewModelTest {
    private static final URI PAGE = URI.create("https://releases.example/latest");

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<URI> asked = new ArrayList<>();

    private AboutViewModel about(Optional<URI> releases) {
        return new AboutViewModel(
                new Build("1.0.0", releases),
                page -> {
                    asked.add(page);
                    return new Newest.ThisOne();
                },
                threads::add,
                Runnable::run);
    }

    @Test
    void listsWhatPosthornIsMadeOfWithVersionsAndLicences() {
        assertThat(about(Optional.empty()).dependencies())
                .anySatisfy(part -> {
                    assertThat(part.name()).isEqualTo("picocli");
                    assertThat(part.version()).matches("[\\d.]+");
                    assertThat(part.licence()).isEqualTo("Apache-2.0");
                })
                .allSatisfy(part -> assertThat(part.licence()).isNotBlank());
    }

    @Test
    void asksNobodyUntilAPersonWantsToKnow() {
        AboutViewModel about = about(Optional.of(PAGE));
        assertThat(about.newestProperty().get()).isEmpty();

        about.ask();
        about.ask();
        assertThat(about.askingProperty().get()).isTrue();
        threads.forEach(Runnable::run);

        assertThat(asked).containsExactly(PAGE);
        assertThat(about.askingProperty().get()).isFalse();
        assertThat(about.newestProperty().get()).contains(new Newest.ThisOne());
    }

    @Test
    void cannotAskWhereNoPageOfReleasesIsKnown() {
        AboutViewModel about = about(Optional.empty());

        about.ask();

        assertThat(about.canAsk()).isFalse();
        assertThat(threads).isEmpty();
    }
}
