package org.posthorn.transport;

import java.util.Collection;
import java.util.function.Supplier;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.timeline.Phase;
import org.posthorn.wire.ByteTap;
import org.posthorn.wire.Direction;
import org.posthorn.wire.HttpTap;
import org.posthorn.wire.LineTap;
import org.posthorn.wire.RecordTap;
import org.posthorn.wire.Redactor;
import org.posthorn.wire.SecretMask;
import org.posthorn.wire.WireLog;

/**
 * The two taps of one connection and what they need.
 *
 * @param lines above TLS
 * @param records below TLS
 * @param phase the phase under way, which is the stage of a failure that happens now
 * @param mask removes the secrets from server words that become part of a failure
 * @param log where the conversation with a proxy goes, which is neither lines of the protocol nor records of its TLS
 * @param connection the number of the connection in the log
 */
public record Taps(
        ByteTap lines, RecordTap records, Supplier<Phase> phase, SecretMask mask, WireLog log, int connection) {

    public static Taps of(
            WireLog log, int connection, Protocol protocol, Collection<Secret> secrets, Supplier<Phase> phase) {
        return of(log, connection, protocol, new SecretMask(secrets), phase);
    }

    /** With a mask that may learn of more secrets while the connection lasts. */
    public static Taps of(WireLog log, int connection, Protocol protocol, SecretMask mask, Supplier<Phase> phase) {
        return new Taps(
                new LineTap(log, connection, Redactor.of(protocol, mask), phase),
                new RecordTap(log, connection, phase),
                phase,
                mask,
                log,
                connection);
    }

    /** For a connection that speaks HTTP, whose tap is told of whole messages. */
    public static Taps of(WireLog log, int connection, HttpTap messages, SecretMask mask, Supplier<Phase> phase) {
        return new Taps(messages, new RecordTap(log, connection, phase), phase, mask, log, connection);
    }

    /** A line to a proxy, its secrets removed by the dialogue and again here. */
    void said(String line) {
        append(Direction.CLIENT, line);
    }

    /** A line from a proxy. */
    void heard(String line) {
        append(Direction.SERVER, line);
    }

    /** A tap for the records of a handshake with a proxy, which tell nothing of the server. */
    RecordTap forProxy() {
        return new RecordTap(log, connection, phase);
    }

    private void append(Direction direction, String lines) {
        lines.lines().forEach(line -> log.append(connection, direction, phase.get(), mask.mask(line)));
    }
}
