package org.posthorn.client;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;

/**
 * One form of TLS on one port, to be tried.
 *
 * @param kind NONE, IMPLICIT or STARTTLS
 * @param plaintextFallback whether a server without STARTTLS is a reason to think of plaintext
 */
record TlsForm(TlsMode kind, int port, boolean plaintextFallback) {

    /**
     * The forms in the order in which they are tried. For ANY_TLS and AUTO that is implicit TLS first, since a plaintext
     * server answers a ClientHello at once while a TLS server leaves a plaintext client waiting; on a registered
     * STARTTLS port it is STARTTLS first. Without a typed port each form is tried on its own default port.
     */
    static List<TlsForm> of(Endpoint endpoint) {
        boolean fallback = endpoint.security() == TlsMode.AUTO;
        return switch (endpoint.security()) {
            case NONE, IMPLICIT, STARTTLS -> List.of(new TlsForm(endpoint.security(), endpoint.effectivePort(), false));
            case ANY_TLS, AUTO -> both(endpoint, fallback);
        };
    }

    private static List<TlsForm> both(Endpoint endpoint, boolean fallback) {
        Protocol protocol = endpoint.protocol();
        int implicitPort = endpoint.port().orElse(protocol.defaultPort(TlsMode.IMPLICIT));
        int starttlsPort = endpoint.port().orElse(protocol.defaultPort(TlsMode.STARTTLS));
        List<TlsForm> forms = new ArrayList<>(List.of(
                new TlsForm(TlsMode.IMPLICIT, implicitPort, false),
                new TlsForm(TlsMode.STARTTLS, starttlsPort, fallback)));
        return isStarttlsPort(protocol, implicitPort) ? forms.reversed() : forms;
    }

    private static boolean isStarttlsPort(Protocol protocol, int port) {
        return port == protocol.defaultPort(TlsMode.STARTTLS) || (protocol == Protocol.SMTP && port == 25);
    }
}
