package org.posthorn.client;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.posthorn.account.Endpoint;
import org.posthorn.account.HostNames;
import org.posthorn.client.imap.ImapEngine;
import org.posthorn.client.line.LineEngine;
import org.posthorn.client.pop3.Pop3Engine;
import org.posthorn.client.smtp.SmtpEngine;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.TimelineRecorder;
import org.posthorn.transport.Taps;
import org.posthorn.transport.Transport;
import org.posthorn.transport.tls.CertificateJudge;
import org.posthorn.transport.tls.ClientHandshake;
import org.posthorn.transport.tls.UnusableAuthorities;
import org.posthorn.wire.RecordTap;

/** One walk through the phases with one form of TLS, from the dialling to ready. */
final class FormAttempt {
    private final Endpoint endpoint;
    private final CheckOptions options;
    private final TlsForm form;
    private final List<InetAddress> addresses;
    private final Surroundings surroundings;
    private final TimelineRecorder recorder;

    FormAttempt(
            Endpoint endpoint,
            CheckOptions options,
            TlsForm form,
            List<InetAddress> addresses,
            Surroundings surroundings) {
        this.endpoint = endpoint;
        this.options = options;
        this.form = form;
        this.addresses = addresses;
        this.surroundings = surroundings;
        this.recorder = surroundings.recorder();
    }

    MailConnection run() throws FailureException {
        Transport transport = connect();
        try {
            return new Conversation(this, transport, engine(transport)).run();
        } catch (FailureException | RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    private Transport connect() throws FailureException {
        recorder.begin(Phase.CONNECT);
        Taps taps = Taps.of(
                surroundings.log(),
                recorder.snapshot().connection(),
                endpoint.protocol(),
                endpoint.login().secrets(),
                recorder::phase);
        Transport transport = surroundings
                .network()
                .connect(endpoint, addresses, form.port(), surroundings.cancellation(), taps, recorder::learn);
        recorder.succeed();
        return transport;
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

    /** Asks on a second connection whether a silent port waits for TLS. */
    Facts.Probe probe(Transport silent) throws FailureException {
        silent.note("No greeting came; a TLS ClientHello on a second connection shows whether this port wants TLS.");
        RecordTap records =
                new RecordTap(surroundings.log(), surroundings.numbers().getAsInt(), recorder::phase);
        return surroundings.network().probe(silent, handshake(), surroundings.cancellation(), records);
    }

    /** A handshake with this endpoint's settings; each is used once. */
    ClientHandshake handshake() throws FailureException {
        try {
            var judge = new CertificateJudge(endpoint.tls().trust(), surroundings.anchors(), surroundings.clock());
            return new ClientHandshake(endpoint.tls().versions(), HostNames.ascii(endpoint.hostName()), judge);
        } catch (UnusableAuthorities e) {
            throw new FailureException(
                    new Failure.TlsSettingsUnusable(e.problem().sentence()));
        }
    }

    Endpoint endpoint() {
        return endpoint;
    }

    CheckOptions options() {
        return options;
    }

    TlsForm form() {
        return form;
    }

    TimelineRecorder recorder() {
        return recorder;
    }
}
