package org.posthorn.transport;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.proxy.ProxyDialogue;
import org.posthorn.transport.proxy.ProxyStreams;
import org.posthorn.transport.tls.ClientHandshake;
import org.posthorn.wire.RecordTap;

/** From a connection to the proxy to one with the server, over a second connection where the proxy wants that. */
final class Tunnelling {
    private final Route.Tunnel tunnel;
    private final Guard guard;
    private final Duration limit;
    private final Taps taps;

    Tunnelling(Route.Tunnel tunnel, Guard guard, Duration limit, Taps taps) {
        this.tunnel = tunnel;
        this.guard = guard;
        this.limit = limit;
        this.taps = taps;
    }

    /** Dials the proxy. */
    interface Redial {
        Link dial() throws FailureException;
    }

    Link run(Link first, Redial redial, Network.Handshakes handshakes) throws FailureException {
        ProxyDialogue dialogue = ProxyDialogue.with(tunnel.proxy());
        Link link = first;
        while (true) {
            try {
                return speak(link, dialogue, handshakes);
            } catch (FailureException e) {
                link.close();
                if (!dialogue.wantsAnotherConnection()) {
                    throw e;
                }
                link = redial.dial();
            }
        }
    }

    private Link speak(Link link, ProxyDialogue dialogue, Network.Handshakes handshakes) throws FailureException {
        Link clear = tunnel.proxy().kind() == ProxyKind.HTTPS ? secured(link, handshakes.next()) : link;
        try {
            return guard.within(limit, link, () -> {
                dialogue.run(new ProxyStreams(clear.in(), clear.out(), taps::said, taps::heard), tunnel.destination());
                return clear;
            });
        } catch (IOException e) {
            throw new FailureException(failure(e));
        }
    }

    private Link secured(Link link, ClientHandshake handshake) throws FailureException {
        Socket socket = link.socket();
        RecordTap records = taps.forProxy();
        try {
            return guard.within(limit, link, () -> {
                var session = handshake.run(
                        new TappedSocket(link, records), socket.getInetAddress(), socket.getPort(), records);
                records.handshakeDone();
                return new Link(socket, session.in(), session.out());
            });
        } catch (IOException e) {
            throw new FailureException(tlsFailure(e, handshake, records));
        }
    }

    private Failure tlsFailure(IOException e, ClientHandshake handshake, RecordTap records) {
        if (e instanceof Guard.DeadlinePassed || e instanceof Guard.Stopped) {
            return failure(e);
        }
        if (records.notTls().isPresent()) {
            return new Failure.ProxyMismatch(kind(), "it speaks no TLS");
        }
        return switch (handshake.failure(e, records)) {
            case Failure.CertificateRejected(var problems) ->
                new Failure.ProxyTlsFailed("its certificate is not trusted", problems);
            case Failure other -> new Failure.ProxyTlsFailed(other.kind() + ": " + words(e), List.of());
        };
    }

    private Failure failure(IOException e) {
        return switch (e) {
            case Guard.DeadlinePassed _ -> new Failure.TimedOut(Phase.TUNNEL, limit);
            case Guard.Stopped _ -> new Failure.Cancelled(Phase.TUNNEL);
            case EOFException _ -> new Failure.ProxyMismatch(kind(), "it closed the connection without an answer");
            default -> new Failure.ConnectionLost(Phase.TUNNEL, words(e));
        };
    }

    private String kind() {
        ProxySettings proxy = tunnel.proxy();
        return proxy.kind().label();
    }

    private static String words(IOException e) {
        return String.valueOf(e.getMessage());
    }
}
