package org.posthorn.client;

import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Pipelining;
import org.posthorn.account.Protocol;
import org.posthorn.client.smtp.SmtpExtensions;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Timeline;

/**
 * Whether commands are sent before the replies to earlier ones have come.
 *
 * @param setting what was asked for
 * @param supported whether the server announces it; IMAP has it without a word (RFC 9051 §5.5)
 */
public record PipeliningState(Pipelining setting, boolean supported) {

    /** What came of the setting and the server's announcement. */
    public boolean inForce() {
        return switch (setting) {
            case AUTO -> supported;
            case ON -> true;
            case OFF -> false;
        };
    }

    /** Absent until the server has said what it can do. */
    public static Optional<PipeliningState> of(Endpoint endpoint, Timeline timeline) {
        return timeline.latest(Facts.Announced.class)
                .map(_ -> new PipeliningState(
                        endpoint.connections().pipelining(), isSupported(endpoint.protocol(), timeline)));
    }

    /** What is in force on a connection; not before the server has said what it can do. */
    public static boolean isInForce(Endpoint endpoint, Timeline timeline) {
        return of(endpoint, timeline).filter(PipeliningState::inForce).isPresent();
    }

    private static boolean isSupported(Protocol protocol, Timeline timeline) {
        return switch (protocol) {
            case IMAP -> true;
            case POP3 ->
                Capabilities.inForce(timeline).stream().map(String::strip).anyMatch("PIPELINING"::equalsIgnoreCase);
            case SMTP -> new SmtpExtensions(Capabilities.inForce(timeline)).pipelining();
        };
    }
}
