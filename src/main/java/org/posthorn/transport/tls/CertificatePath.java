package org.posthorn.transport.tls;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A way from a server's certificate towards an authority, each certificate signed by the next.
 *
 * @param links the server's own certificate first
 * @param anchored whether the last one is trusted
 */
record CertificatePath(List<X509Certificate> links, boolean anchored) {
    CertificatePath {
        links = List.copyOf(links);
    }

    X509Certificate leaf() {
        return links.getFirst();
    }

    X509Certificate last() {
        return links.getLast();
    }

    boolean isAnchor(int link) {
        return anchored && link == links.size() - 1;
    }
}
