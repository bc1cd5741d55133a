package org.posthorn.transport.tls;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.posthorn.timeline.CertificateFacts;
import org.posthorn.timeline.TlsFacts;
import org.posthorn.wire.RecordTap;

/**
 * Names the handshake messages that TLS 1.3 encrypts, for the log: the tap below the TLS stack sees their records alone. The
 * stack calls for the certificates; the others must have passed in the order of RFC 8446 §2, since it would have ended the
 * handshake without them.
 */
final class EncryptedMessages {
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
            AlertReading.received(e).ifPresent(alert -> records.decryptedFromServer("alert fatal " + alert));
        }
        if (records.alertSent().isEmpty()) {
            AlertReading.sent(e).ifPresent(alert -> records.decryptedFromClient("alert fatal " + alert));
        }
    }
}
