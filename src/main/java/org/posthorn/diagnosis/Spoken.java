package org.posthorn.diagnosis;

import java.util.Locale;
import java.util.Optional;
import org.posthorn.account.Protocol;

/**
 * What the first bytes of a server show it to be.
 *
 * @param label its name in sentences
 * @param protocol present when it is a protocol of mail
 */
record Spoken(String label, Optional<Protocol> protocol) {

    static Optional<Spoken> in(String received) {
        String text = received.strip().toUpperCase(Locale.ROOT);
        if (text.startsWith("* ")) {
            return Optional.of(mail(Protocol.IMAP));
        }
        if (text.startsWith("+OK") || text.startsWith("-ERR")) {
            return Optional.of(mail(Protocol.POP3));
        }
        if (text.startsWith("HTTP/") || text.startsWith("<!DOCTYPE") || text.startsWith("<HTML")) {
            return Optional.of(new Spoken("HTTP", Optional.empty()));
        }
        if (text.startsWith("SSH-")) {
            return Optional.of(new Spoken("SSH", Optional.empty()));
        }
        return text.matches("(?s)[2-5]\\d\\d[ -].*") ? Optional.of(mail(Protocol.SMTP)) : Optional.empty();
    }

    private static Spoken mail(Protocol protocol) {
        return new Spoken(protocol.name(), Optional.of(protocol));
    }
}
