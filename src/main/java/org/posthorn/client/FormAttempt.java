package org.posthorn.client;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.posthorn.account.Endpoint;
import org.posthorn.account.HostNames;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.RevocationPolicy;
import org.posthorn.account.TlsSettings;
import org.posthorn.client.imap.ImapEngine;
import org.posthorn.client.line.LineEngine;
import org.posthorn.client.pop3.Pop3Engine;
import org.posthorn.client.smtp.SmtpEngine;
import org.posthorn.sasl.Tickets;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.TimelineRecorder;
import org.posthorn.transport.Link;
import org.posthorn.transport.Route;
import org.posthorn.transport.Taps;
import org.posthorn.transport.Transport;
import org.posthorn.transport.proxy.Destination;
import org.posthorn.transport.revocation.Inquiry;
import org.posthorn.transport.tls.CertificateJudge;
import org.posthorn.transport.tls.ClientHandshake;
import org.posthorn.transport.tls.UnusableAuthorities;
import org.posthorn.transport.tls.UnusableKey;
import org.posthorn.wire.RecordTap;

/** One walk through the phases with one form of TLS, from the dialling to ready. */
final class FormAttempt {
    private final Endpoint endpoint;
    private final CheckOptions options;
    private final TlsForm form;
    private final Route route;
    private final Surroundings surroundings;
    private final TimelineRecorder recorder;

    FormAttempt(Endpoint endpoint, CheckOptions options, TlsForm form, Way way, Surroundings surroundings) {
        this.endpoint = endpoint;
        this.options = options;
        this.form = form;
        this.route = way.to(form.port());
        this.surroundings = surroundings;
        this.recorder = surroundings.recorder();
    }

    MailConnection run() throws FailureException {
        Taps taps = taps(recorder.snapshot().connection());
        recorder.begin(Phase.CONNECT);
        Link link = dial(recorder::learn);
        recorder.succeed();
        if (options.stopAfter().equals(Optional.of(Phase.CONNECT))) {
            return stopped(link);
        }
        if (route.tunnel().isPresent()) {
            link = recordedTunnel(route.tunnel().get(), link, taps);
            if (options.stopAfter().equals(Optional.of(Phase.TUNNEL))) {
                return stopped(link);
            }
        }
        return converse(surroundings.network().transport(link, surroundings.cancellation(), taps));
    }

    private MailConnection converse(Transport transport) throws FailureException {
        try {
            return new Conversation(this, transport, engine(transport)).run();
        } catch (FailureException | RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    private MailConnection stopped(Link link) {
        link.close();
        recorder.become(ConnectionState.CLOSING);
        recorder.become(ConnectionState.CLOSED);
        return new MailConnection(recorder, CheckOutcome.STOPPED, Optional.empty());
    }

    private Link dial(Consumer<Facts.Connected> progress) throws FailureException {
        return surroundings.network().dial(endpoint, route, surroundings.cancellation(), progress);
    }

    private Link recordedTunnel(Route.Tunnel tunnel, Link toProxy, Taps taps) throws FailureException {
        recorder.begin(Phase.TUNNEL);
        ProxySettings proxy = tunnel.proxy();
        recorder.learn(new Facts.Tunnelled(
                proxy.kind().label(),
                proxy.host() + ":" + proxy.effectivePort(),
                tunnel.destination().authority(),
                tunnel.destination() instanceof Destination.Name));
        Link link = tunnel(tunnel, toProxy, taps);
        recorder.succeed();
        return link;
    }

    private Link tunnel(Route.Tunnel tunnel, Link toProxy, Taps taps) throws FailureException {
        String proxyHost = HostNames.ascii(HostNames.plain(tunnel.proxy().host()));
        return surroundings
                .network()
                .tunnel(
                        endpoint,
                        route,
                        tunnel,
                        toProxy,
                        surroundings.cancellation(),
                        taps,
                        () -> handshake(proxyHost, endpoint.tls().forOthers(), Inquiry.none()));
    }

    private Taps taps(int connection) {
        return Taps.of(surroundings.log(), connection, endpoint.protocol(), surroundings.mask(), recorder::phase);
    }

    private LineEngine engine(Transport transport) {
        return switch (endpoint.protocol()) {
            case IMAP -> new ImapEngine(transport, endpoint.timeouts());
            case POP3 -> new Pop3Engine(transport, endpoint.timeouts());
            case SMTP -> new SmtpEngine(transport, endpoint.timeouts(), ehloName(transport.localAddress()));
        };
    }

    private String ehloName(InetAddress local) {
        // A zone index means nothing to the server (RFC 5321 §4.1.3 knows none).
        String address = local.getHostAddress().replaceFirst("%.*", "");
        return endpoint.ehlo().orElse(local instanceof Inet6Address ? "[IPv6:" + address + "]" : "[" + address + "]");
    }

    /** A second connection over the same way, with a number of its own in the log. */
    Second second() throws FailureException {
        Taps taps = taps(surroundings.numbers().getAsInt());
        Link link = dial(_ -> {});
        if (route.tunnel().isPresent()) {
            link = tunnel(route.tunnel().get(), link, taps);
        }
        return new Second(surroundings.network().transport(link, surroundings.cancellation(), taps), taps.records());
    }

    /** A connection and the tap under it. */
    record Second(Transport transport, RecordTap records) {}

    /** A handshake with this endpoint's settings, in which issuers are asked where these want it; each is used once. */
    ClientHandshake handshake() throws FailureException {
        return handshake(
                HostNames.ascii(endpoint.hostName()), endpoint.tls(), new IssuerInquiry(endpoint, surroundings));
    }

    /** A handshake that is an end in itself. */
    ClientHandshake bareHandshake() throws FailureException {
        return handshake(
                HostNames.ascii(endpoint.hostName()),
                endpoint.tls().withRevocation(RevocationPolicy.STAPLED),
                Inquiry.none());
    }

    private ClientHandshake handshake(String host, TlsSettings settings, Inquiry inquiry) throws FailureException {
        try {
            var judge = new CertificateJudge(settings.trust(), surroundings.anchors(), surroundings.clock());
            return new ClientHandshake(settings, host, judge, inquiry);
        } catch (UnusableAuthorities e) {
            throw new FailureException(new Failure.TlsSettingsUnusable(e.problem()));
        } catch (UnusableKey e) {
            throw new FailureException(new Failure.TlsSettingsUnusable(e.problem()));
        }
    }

    /** Gets the token of the login. */
    TokenSeeking tokens() {
        return new TokenSeeking(endpoint, surroundings);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    CheckOptions options() {
        return options;
    }

    Tickets tickets() {
        return surroundings.tickets();
    }

    TlsForm form() {
        return form;
    }

    TimelineRecorder recorder() {
        return recorder;
    }
}
