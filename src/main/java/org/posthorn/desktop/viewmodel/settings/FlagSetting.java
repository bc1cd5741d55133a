package org.posthorn.desktop.viewmodel.settings;

import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;

/** A setting that is on or off. */
public final class FlagSetting extends SettingField<Boolean> {
    private final Lens<Boolean> lens;

    FlagSetting(Field field, Lens<Boolean> lens) {
        super(field, false);
        this.lens = lens;
    }

    @Override
    Boolean shown(Endpoint endpoint) {
        return lens.get().apply(endpoint);
    }

    @Override
    Endpoint applyTo(Endpoint endpoint) {
        return lens.put().apply(endpoint, value());
    }
}
