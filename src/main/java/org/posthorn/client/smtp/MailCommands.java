package org.posthorn.client.smtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The commands of one message in their order, with the parameters of the extensions that it uses. */
final class MailCommands {
    private MailCommands() {}

    /** MAIL, a RCPT for each recipient, DATA. */
    static List<String> of(Envelope envelope, long size, SmtpExtensions extensions) {
        List<String> commands = new ArrayList<>();
        commands.add(mail(envelope, size, extensions));
        envelope.recipients().forEach(address -> commands.add(rcpt(address, envelope)));
        commands.add("DATA");
        return commands;
    }

    private static String mail(Envelope envelope, long size, SmtpExtensions extensions) {
        StringBuilder mail = new StringBuilder("MAIL FROM:<" + envelope.sender() + ">");
        if (extensions.size()) {
            mail.append(" SIZE=").append(size);
        }
        if (envelope.eightBit()) {
            mail.append(" BODY=8BITMIME");
        }
        if (envelope.utf8()) {
            mail.append(" SMTPUTF8");
        }
        DeliveryStatus status = envelope.status();
        status.returned().ifPresent(part -> mail.append(" RET=").append(part.name()));
        status.envelopeId().ifPresent(id -> mail.append(" ENVID=").append(xtext(id)));
        return mail.toString();
    }

    private static String rcpt(String address, Envelope envelope) {
        DeliveryStatus status = envelope.status();
        StringBuilder rcpt = new StringBuilder("RCPT TO:<" + address + ">");
        if (!status.occasions().isEmpty()) {
            rcpt.append(" NOTIFY=")
                    .append(new TreeSet<>(status.occasions())
                            .stream().map(Enum::name).collect(Collectors.joining(",")));
        }
        if (status.originalRecipient()) {
            rcpt.append(" ORCPT=").append(originalRecipient(address));
        }
        return rcpt.toString();
    }

    /** An address in UTF-8 has a type and an encoding of its own (RFC 6533 §3). */
    private static String originalRecipient(String address) {
        boolean ascii = address.chars().allMatch(c -> c < 128);
        return ascii ? "rfc822;" + xtext(address) : "utf-8;" + address;
    }

    /** RFC 3461 §4: what is not printable, + and = become a plus sign and two hexadecimal digits. */
    private static String xtext(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > ' ' && b < 127 && b != '+' && b != '=';
            encoded.append(plain ? String.valueOf((char) b) : String.format("+%02X", b));
        }
        return encoded.toString();
    }
}
