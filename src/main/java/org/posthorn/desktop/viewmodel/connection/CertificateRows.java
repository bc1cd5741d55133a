package org.posthorn.desktop.viewmodel.connection;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.posthorn.timeline.CertificateFacts;
import org.posthorn.timeline.Revocation;
import org.posthorn.timeline.TlsFacts;

/** A certificate chain as a person reads it. */
final class CertificateRows {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    private final Instant now;
    private final ZoneId zone;

    CertificateRows(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** The certificates the server sent and, behind them, those that were found here. */
    List<CertificateRow> of(TlsFacts tls) {
        List<CertificateRow> rows = new ArrayList<>();
        List<CertificateFacts> sent = tls.certificates();
        for (int link = 0; link < sent.size(); link++) {
            rows.add(row(sent.get(link), link, true, revocation(tls, sent.get(link))));
        }
        tls.built().stream()
                .filter(c -> !sent.contains(c))
                .forEach(c -> rows.add(row(c, rows.size(), false, revocation(tls, c))));
        return List.copyOf(rows);
    }

    private String revocation(TlsFacts tls, CertificateFacts certificate) {
        int link = tls.built().indexOf(certificate);
        return tls.revocations().stream()
                .filter(it -> it.link() == link)
                .findFirst()
                .map(this::revocation)
                .orElse("");
    }

    private String revocation(Revocation revocation) {
        String source = revocation.source().label();
        String until = revocation
                .until()
                .map(time -> ", until " + DAY.format(time.atZone(zone)))
                .orElse("");
        return switch (revocation.status()) {
            case GOOD -> "not revoked · " + source + until;
            case REVOKED -> "revoked · " + source + ": " + revocation.detail();
            case UNKNOWN -> "unknown · " + source + ": " + revocation.detail();
        };
    }

    private CertificateRow row(CertificateFacts certificate, int link, boolean sent, String revocation) {
        String role = link == 0 ? "server" : certificate.selfIssued() ? "root" : "intermediate";
        return new CertificateRow(
                role,
                commonName(certificate.subject()),
                String.join(", ", certificate.names()),
                commonName(certificate.issuer()),
                DAY.format(certificate.notAfter().atZone(zone)),
                left(certificate),
                !now.isAfter(certificate.notAfter())
                        && !now.isBefore(certificate.notBefore())
                        && !revocation.startsWith("revoked"),
                sent,
                certificate.key(),
                revocation,
                pairs(certificate.sha256()),
                certificate.pem());
    }

    /** How long it still holds, in whole days. */
    String left(CertificateFacts certificate) {
        if (now.isBefore(certificate.notBefore())) {
            return "valid only from " + DAY.format(certificate.notBefore().atZone(zone));
        }
        Duration rest = Duration.between(now, certificate.notAfter());
        if (rest.isNegative()) {
            long days = -rest.toDays();
            return days == 0 ? "expired today" : "expired " + days(days) + " ago";
        }
        return days(rest.toDays()) + " left";
    }

    private static String days(long days) {
        return days == 1 ? "1 day" : days + " days";
    }

    /** The common name, else the organisation, else the whole name. */
    static String commonName(String distinguishedName) {
        try {
            List<Rdn> parts = new LdapName(distinguishedName).getRdns();
            for (String type : List.of("CN", "O")) {
                for (Rdn part : parts) {
                    if (part.getType().equalsIgnoreCase(type)) {
                        return part.getValue().toString();
                    }
                }
            }
            return distinguishedName;
        } catch (InvalidNameException _) {
            return distinguishedName;
        }
    }

    private static String pairs(String hexadecimal) {
        return HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(HexFormat.of().parseHex(hexadecimal));
    }
}
