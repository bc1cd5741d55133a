package org.posthorn.client.smtp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/** Reads replies line by line; what is none ends the conversation. */
final class SmtpReplies {
    private static final Pattern REPLY = Pattern.compile("[2-5]\\d\\d([ -].*)?", Pattern.DOTALL);

    private final Transport transport;

    SmtpReplies(Transport transport) {
        this.transport = transport;
    }

    SmtpReply next(Transport.Lines lines) throws IOException, FailureException {
        return from(lines.receive(), lines);
    }

    /** The reply that begins with a line that has been read already. */
    SmtpReply from(String first, Transport.Lines lines) throws IOException, FailureException {
        List<String> all = new ArrayList<>();
        String line = valid(first);
        all.add(line);
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = valid(lines.receive());
            all.add(line);
        }
        return new SmtpReply(Integer.parseInt(line.substring(0, 3)), all);
    }

    private String valid(String line) throws FailureException {
        if (!REPLY.matcher(line).matches()) {
            throw new FailureException(new Failure.ProtocolViolation(
                    transport.phase(), "a reply that begins with no three-digit code", transport.masked(line)));
        }
        return line;
    }
}
