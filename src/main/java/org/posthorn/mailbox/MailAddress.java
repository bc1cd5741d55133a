package org.posthorn.mailbox;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Optional;
import org.posthorn.account.HostNames;

/**
 * An address as it is written to a server and in a header.
 *
 * @param name the person's; empty when there is none
 * @param local before the at sign
 * @param domain after it, in ASCII; empty for a local user
 */
record MailAddress(String name, String local, String domain) {

    /** Absent when it is none. */
    static Optional<MailAddress> parse(String typed) {
        try {
            InternetAddress[] parsed = InternetAddress.parse(typed, false);
            return parsed.length == 1 ? of(parsed[0]) : Optional.empty();
        } catch (AddressException _) {
            return Optional.empty();
        }
    }

    private static Optional<MailAddress> of(InternetAddress parsed) {
        String address = Optional.ofNullable(parsed.getAddress()).orElse("");
        String name = Optional.ofNullable(parsed.getPersonal()).orElse("");
        int at = address.lastIndexOf('@');
        String local = at < 0 ? address : address.substring(0, at);
        String domain = at < 0 ? "" : address.substring(at + 1);
        boolean usable = !local.isEmpty()
                && address.chars().noneMatch(c -> c <= ' ' || c == 127 || c == '<' || c == '>')
                && (at < 0 || !domain.isEmpty());
        return usable ? Optional.of(new MailAddress(name, local, ascii(domain))) : Optional.empty();
    }

    /** A domain has a form in ASCII that needs no extension of the server's (RFC 5890 §2.3.2.1). */
    private static String ascii(String domain) {
        return domain.startsWith("[") ? domain : HostNames.ascii(domain);
    }

    /** As it stands in MAIL and RCPT. */
    String envelope() {
        return domain.isEmpty() ? local : local + "@" + domain;
    }

    boolean needsUtf8() {
        return local.chars().anyMatch(c -> c > 127);
    }
}
