package org.posthorn.desktop.viewmodel.settings;

import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Secret;

/** A password or another secret, as it is typed or was kept. No file of settings ever holds it. */
public final class SecretSetting extends SettingField<Secret> {
    private final Lens<Secret> lens;

    SecretSetting(Field field, Lens<Secret> lens) {
        super(field, Secret.of(""));
        this.lens = lens;
    }

    @Override
    Secret shown(Endpoint endpoint) {
        return lens.get().apply(endpoint);
    }

    @Override
    Endpoint applyTo(Endpoint endpoint) {
        return lens.put().apply(endpoint, value());
    }
}
