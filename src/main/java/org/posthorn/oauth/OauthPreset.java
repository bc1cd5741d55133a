package org.posthorn.oauth;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.posthorn.account.OauthClient;
import org.posthorn.account.OauthEndpoints;
import org.posthorn.account.Protocol;

/** What a mail provider has published about its authorization server. A client ID is never part of it: that is the person's. */
public final class OauthPreset {
    private static final String RESOURCE = "presets.properties";

    private final Properties properties;
    private final String name;

    private OauthPreset(Properties properties, String name) {
        this.properties = properties;
        this.name = name;
    }

    /** In the order of the resource. */
    public static List<OauthPreset> all() {
        Properties properties = new Properties();
        try (InputStream in = Objects.requireNonNull(OauthPreset.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(properties.getProperty("presets").split(" ", -1)).stream()
                .map(name -> new OauthPreset(properties, name))
                .toList();
    }

    /** The name in commands. */
    public String name() {
        return name;
    }

    /** The name on the form. */
    public String label() {
        return text("label").orElse(name);
    }

    /** What the person has to know of the provider's habits; may be empty. */
    public String remark() {
        return text("remark").orElse("");
    }

    /** A client with this provider's endpoints and the scope for a protocol. */
    public OauthClient apply(OauthClient client, Protocol protocol) {
        return client.withEndpoints(endpoints()).withScope(scope(protocol));
    }

    /** Whether a client has just these endpoints, with what had to be filled in. */
    public boolean fits(OauthClient client) {
        return text("token")
                .filter(token -> matches(token, client.endpoints().token().orElse("")))
                .isPresent();
    }

    private static boolean matches(String published, String typed) {
        int open = published.indexOf('{');
        return open < 0
                ? published.equals(typed)
                : typed.startsWith(published.substring(0, open))
                        && typed.endsWith(published.substring(published.indexOf('}') + 1))
                        && !typed.contains("/common/");
    }

    private OauthEndpoints endpoints() {
        return new OauthEndpoints(Optional.empty(), text("authorization"), text("token"), text("device"));
    }

    private String scope(Protocol protocol) {
        return text("scope." + protocol.name().toLowerCase(Locale.ROOT))
                .or(() -> text("scope"))
                .orElse("");
    }

    private Optional<String> text(String member) {
        return Optional.ofNullable(properties.getProperty(name + "." + member));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OauthPreset preset && preset.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
