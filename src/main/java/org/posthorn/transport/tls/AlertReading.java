package org.posthorn.transport.tls;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;

/** The alert that ended a connection, by its name in RFC 8446 §6, as the exception of either TLS stack names it. */
final class AlertReading {
    /** Java's words for an alert of the server. */
    private static final Pattern RECEIVED = Pattern.compile("Received fatal alert: ([a-z_]+)");

    /** Java's words for one of its own, before the reason. */
    private static final Pattern SENT = Pattern.compile("^\\(([a-z_]+)\\)(?!.*Received fatal alert)", Pattern.DOTALL);

    private AlertReading() {}

    /** The one that the server sent. */
    static Optional<String> received(IOException e) {
        return switch (e) {
            case TlsFatalAlertReceived alert -> Optional.of(AlertDescription.getName(alert.getAlertDescription()));
            case SSLException tls -> named(RECEIVED, tls);
            default -> Optional.empty();
        };
    }

    /** The one that this client sent. */
    static Optional<String> sent(IOException e) {
        return switch (e) {
            case TlsFatalAlert alert -> Optional.of(AlertDescription.getName(alert.getAlertDescription()));
            case SSLException tls -> named(SENT, tls);
            default -> Optional.empty();
        };
    }

    private static Optional<String> named(Pattern words, SSLException tls) {
        Matcher alert = words.matcher(String.valueOf(tls.getMessage()));
        return alert.find() ? Optional.of(alert.group(1)) : Optional.empty();
    }
}
