package org.posthorn.desktop.viewmodel.settings;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.oauth.OauthPreset;

/**
 * The provider whose published endpoints are filled in. It is no setting of its own: it shows whose the endpoints are, and
 * choosing one writes into the fields of the others.
 */
public final class PresetSetting extends ChoiceSetting<Optional<OauthPreset>> {
    private static final Option<Optional<OauthPreset>> OWN = new Option<>(Optional.empty(), "Typed below");

    private final List<OauthPreset> presets;
    private Endpoint current = Endpoint.of(Protocol.IMAP, "");
    private boolean following;

    /** @param onChosen hears of a provider that a person has chosen, with the endpoint as it stands */
    PresetSetting(List<OauthPreset> presets, BiConsumer<OauthPreset, Endpoint> onChosen) {
        super(
                Field.OAUTH_PRESET,
                Optional.empty(),
                new Lens<>(endpoint -> fitting(presets, endpoint), (endpoint, _) -> endpoint),
                _ -> options(presets),
                preset -> new Option<>(preset, preset.map(OauthPreset::label).orElse(OWN.label())));
        this.presets = presets;
        valueProperty().subscribe(chosen -> {
            if (!following) {
                chosen.ifPresent(preset -> onChosen.accept(preset, current));
            }
        });
    }

    private static List<Option<Optional<OauthPreset>>> options(List<OauthPreset> presets) {
        return Stream.concat(
                        Stream.of(OWN),
                        presets.stream().map(preset -> new Option<>(Optional.of(preset), preset.label())))
                .toList();
    }

    private static Optional<OauthPreset> fitting(List<OauthPreset> presets, Endpoint endpoint) {
        return endpoint.login() instanceof Login.TokenProvider provider
                ? presets.stream()
                        .filter(preset -> preset.fits(provider.settings().client()))
                        .findFirst()
                : Optional.empty();
    }

    @Override
    void show(Endpoint endpoint) {
        following = true;
        super.show(endpoint);
        following = false;
    }

    @Override
    void follow(Endpoint built) {
        current = built;
        Optional<OauthPreset> fitting = fitting(presets, built);
        if (!fitting.equals(value())) {
            following = true;
            valueProperty().set(fitting);
            following = false;
        }
        hint(fitting.map(OauthPreset::remark).orElse(""));
        super.follow(built);
    }
}
