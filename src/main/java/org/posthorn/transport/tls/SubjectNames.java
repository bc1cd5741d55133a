package org.posthorn.transport.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * The names a certificate carries.
 *
 * @param dns the dNSName entries of subjectAltName
 * @param addresses the iPAddress entries of subjectAltName
 */
record SubjectNames(List<String> dns, List<String> addresses) {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    SubjectNames {
        dns = List.copyOf(dns);
        addresses = List.copyOf(addresses);
    }

    static SubjectNames of(X509Certificate certificate) {
        return new SubjectNames(entries(certificate, DNS_NAME), entries(certificate, IP_ADDRESS));
    }

    List<String> all() {
        return Stream.concat(dns.stream(), addresses.stream()).toList();
    }

    /** The most specific common name; empty when there is none. */
    static String commonName(X509Certificate certificate) {
        try {
            LdapName subject =
                    new LdapName(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253));
            return subject.getRdns().reversed().stream()
                    .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                    .map(Rdn::getValue)
                    .map(String::valueOf)
                    .findFirst()
                    .orElse("");
        } catch (InvalidNameException _) {
            return "";
        }
    }

    private static List<String> entries(X509Certificate certificate, int type) {
        List<String> entries = new ArrayList<>();
        for (List<?> entry : subjectAltName(certificate)) {
            if (entry.get(0) instanceof Integer kind && kind == type && entry.get(1) instanceof String name) {
                entries.add(name);
            }
        }
        return entries;
    }

    /** An extension that cannot be read names nobody. */
    private static Collection<List<?>> subjectAltName(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
        } catch (CertificateParsingException _) {
            return List.of();
        }
    }
}
