package org.posthorn.transport.tls;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.posthorn.timeline.CertificateFacts;
import org.posthorn.timeline.TlsFacts;
import org.posthorn.wire.RecordTap;

/**
 * Names the handshake messages that TLS 1.3 encrypts, for the log: the tap below the TLS stack sees their records alone. The
 * stack calls for the certificates; the others must have passed in the order of RFC 8446 §2, since it would have ended the
 * handshake without them.
 */
final class EncryptedMessages {
    /** Java's words for an alert of the server. */
    private static final String RECEIVED = "Received fatal alert: ";

    /** Java's words for one of its own, before the reason. */
    private static final Pattern SENT = Pattern.compile("\\(([a-z_]+)\\)");

    private final RecordTap records;

    EncryptedMessages(RecordTap records) {
        this.records = records;
    }

    /** The server has shown its certificates, after it had asked for the client's or had not. */
    void certificates(List<CertificateFacts> chain, boolean asked) {
        records.decryptedFromServer("EncryptedExtensions");
        if (asked) {
            records.decryptedFromServer("CertificateRequest");
        }
        records.decryptedFromServer(
                "Certificate: " + chain.stream().map(CertificateFacts::subject).collect(Collectors.joining("; ")));
    }

    /** The handshake has succeeded. */
    void finished(Optional<TlsFacts.ClientAuthentication> client) {
        records.decryptedFromServer("CertificateVerify");
        records.decryptedFromServer("Finished");
        client.ifPresent(asked -> {
            records.decryptedFromClient("Certificate: " + asked.shown().orElse("none"));
            asked.shown().ifPresent(_ -> records.decryptedFromClient("CertificateVerify"));
        });
        records.decryptedFromClient("Finished");
    }

    /** The handshake, or a connection after it, has ended with an alert, which the exception of the TLS stack names. */
    void ended(IOException e) {
        if (records.alertReceived().isEmpty()) {
            received(e).ifPresent(alert -> records.decryptedFromServer("alert fatal " + alert));
        }
        if (records.alertSent().isEmpty()) {
            sent(e).ifPresent(alert -> records.decryptedFromClient("alert fatal " + alert));
        }
    }

    private static Optional<String> received(IOException e) {
        return switch (e) {
            case TlsFatalAlertReceived alert -> Optional.of(AlertDescription.getName(alert.getAlertDescription()));
            case SSLException _
            when words(e).contains(RECEIVED) ->
                Optional.of(words(e).substring(words(e).indexOf(RECEIVED) + RECEIVED.length()));
            default -> Optional.empty();
        };
    }

    private static Optional<String> sent(IOException e) {
        Matcher named = SENT.matcher(words(e));
        return switch (e) {
            case TlsFatalAlert alert -> Optional.of(AlertDescription.getName(alert.getAlertDescription()));
            case SSLException _ when named.lookingAt() && !words(e).contains(RECEIVED) -> Optional.of(named.group(1));
            default -> Optional.empty();
        };
    }

    private static String words(IOException e) {
        return String.valueOf(e.getMessage());
    }
}
