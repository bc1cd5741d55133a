package org.posthorn.transport.tls;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.account.HostNames;

/**
 * The name or address a server was reached by, compared with those its certificate carries (RFC 9525 §6). Only
 * subjectAltName counts; the common name is ignored.
 */
final class ServiceIdentity {
    private final String wanted;
    private final Optional<InetAddress> address;

    ServiceIdentity(String hostName) {
        String plain = HostNames.plain(hostName);
        wanted = ascii(plain);
        address = HostNames.isIpLiteral(plain) ? address(plain) : Optional.empty();
    }

    /** The name in the form that is compared: ASCII, lower case, without a trailing dot. */
    String wanted() {
        return wanted;
    }

    boolean matches(X509Certificate certificate) {
        SubjectNames names = SubjectNames.of(certificate);
        if (HostNames.isIpLiteral(wanted)) {
            return address.isPresent() && names.addresses().stream().anyMatch(this::isWantedAddress);
        }
        return names.dns().stream().anyMatch(this::isWantedName);
    }

    private boolean isWantedAddress(String presented) {
        return address(presented).equals(address);
    }

    private boolean isWantedName(String presented) {
        String name = presented.toLowerCase(Locale.ROOT);
        return name.startsWith("*.") ? isUnder(name.substring(1)) : name.equals(wanted);
    }

    /**
     * Whether the wanted name is one label before the suffix. RFC 9525 §6.3 allows the wildcard as the whole left-most
     * label only; that something must stand between it and the top-level domain is what mail clients demand as well.
     */
    private boolean isUnder(String suffix) {
        int dot = wanted.indexOf('.');
        boolean nested = suffix.indexOf('.', 1) > 0;
        return nested && dot > 0 && wanted.substring(dot).equals(suffix);
    }

    private static String ascii(String plain) {
        try {
            return HostNames.ascii(plain).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) {
            return plain;
        }
    }

    private static Optional<InetAddress> address(String literal) {
        try {
            int zone = literal.indexOf('%');
            return Optional.of(InetAddress.ofLiteral(zone < 0 ? literal : literal.substring(0, zone)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
