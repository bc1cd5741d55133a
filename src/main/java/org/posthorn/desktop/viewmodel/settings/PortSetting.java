package org.posthorn.desktop.viewmodel.settings;

import java.util.OptionalInt;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Protocol;

/** The port: it shows the default of protocol and security and follows it, until a person types one. */
public final class PortSetting extends TextSetting {
    private boolean typed;
    private boolean following;

    PortSetting() {
        super(
                Field.PORT,
                Width.SHORT,
                TextFormat.port(),
                new Lens<>(Endpoint::port, (endpoint, port) -> endpoint.withPort(port)));
        valueProperty().subscribe(text -> {
            if (!following) {
                typed = !text.isBlank();
            }
        });
    }

    @Override
    void show(Endpoint endpoint) {
        super.show(endpoint);
        typed = endpoint.port().isPresent();
        if (!typed) {
            showDefault(endpoint);
        }
    }

    @Override
    Endpoint applyTo(Endpoint endpoint) {
        return typed ? super.applyTo(endpoint) : endpoint.withPort(OptionalInt.empty());
    }

    @Override
    void follow(Endpoint built) {
        int standard = built.protocol().defaultPort(built.security());
        hint((typed ? "default is " + standard + " for " : "default for ")
                + built.security().label()
                + (built.protocol() == Protocol.SMTP ? "; 25 for a relay" : ""));
        prompt(Integer.toString(standard));
        if (!typed && !value().isBlank()) {
            showDefault(built);
        }
    }

    private void showDefault(Endpoint endpoint) {
        following = true;
        valueProperty().set(Integer.toString(endpoint.protocol().defaultPort(endpoint.security())));
        following = false;
    }
}
