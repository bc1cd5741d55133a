package org.posthorn.transport.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** The key identifiers by which a certificate says which key signed it (RFC 5280 §4.2.1.1, §4.2.1.2). */
final class KeyIdentifiers {
    private static final String SUBJECT_KEY = "2.5.29.14";
    private static final String AUTHORITY_KEY = "2.5.29.35";
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int KEY_IDENTIFIER = 0x80;

    private KeyIdentifiers() {}

    /** Whether the certificate names the issuer's key as the one that signed it. */
    static boolean isSignedWith(X509Certificate certificate, X509Certificate issuer) {
        Optional<ByteBuffer> signer = extension(certificate, AUTHORITY_KEY)
                .flatMap(value -> content(value, SEQUENCE))
                .flatMap(value -> content(value, KEY_IDENTIFIER));
        Optional<ByteBuffer> own = extension(issuer, SUBJECT_KEY).flatMap(value -> content(value, OCTET_STRING));
        return signer.isPresent() && signer.equals(own);
    }

    private static Optional<ByteBuffer> extension(X509Certificate certificate, String oid) {
        return Optional.ofNullable(certificate.getExtensionValue(oid))
                .flatMap(value -> content(ByteBuffer.wrap(value), OCTET_STRING));
    }

    /** The content of the DER value that stands first, if it has this tag and is whole. */
    private static Optional<ByteBuffer> content(ByteBuffer der, int tag) {
        try {
            if (Byte.toUnsignedInt(der.get()) != tag) {
                return Optional.empty();
            }
            int length = length(der);
            return length < 0 || length > der.remaining()
                    ? Optional.empty()
                    : Optional.of(der.slice(der.position(), length));
        } catch (BufferUnderflowException _) {
            return Optional.empty();
        }
    }

    /** X.690 §8.1.3: one byte below 128, or the number of bytes that follow. */
    private static int length(ByteBuffer der) {
        int first = Byte.toUnsignedInt(der.get());
        int length = first < 128 ? first : 0;
        for (int i = 128; i < first; i++) {
            length = length << 8 | Byte.toUnsignedInt(der.get());
        }
        return length;
    }
}
