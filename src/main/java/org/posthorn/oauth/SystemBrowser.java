package org.posthorn.oauth;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.posthorn.wire.SecretMask;

/** Opens pages with the desktop's own opener: nothing of JavaFX is needed, and no shell. */
public final class SystemBrowser implements Browser {
    private final List<String> opener;
    private final SecretMask secrets;

    private SystemBrowser(List<String> opener, SecretMask secrets) {
        this.opener = opener;
        this.secrets = secrets;
    }

    /**
     * The one of this system; {@link Browser#none()} where there is no desktop, since a text browser would take the terminal.
     *
     * @param secrets variables that hold one of them are not handed on
     */
    public static Browser of(String osName, Map<String, String> environment, SecretMask secrets) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.contains("windows")) {
            return new SystemBrowser(List.of("rundll32", "url.dll,FileProtocolHandler"), secrets);
        }
        if (os.contains("mac")) {
            return new SystemBrowser(List.of("open"), secrets);
        }
        return environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY")
                ? new SystemBrowser(List.of("xdg-open"), secrets)
                : Browser.none();
    }

    @Override
    public void open(URI address) throws IOException {
        List<String> command = new ArrayList<>(opener);
        command.add(address.toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(nullDevice()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        ChildEnvironment.clean(builder.environment(), secrets);
        builder.start();
    }

    private static File nullDevice() {
        return new File(System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null");
    }
}
