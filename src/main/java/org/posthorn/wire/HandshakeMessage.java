package org.posthorn.wire;

/** The types of handshake messages, by their names in RFC 8446 §4 and RFC 5246 §7.4. */
final class HandshakeMessage {
    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;
    static final int SERVER_KEY_EXCHANGE = 12;

    private HandshakeMessage() {}

    static String name(int type) {
        return switch (type) {
            case 0 -> "HelloRequest";
            case CLIENT_HELLO -> "ClientHello";
            case SERVER_HELLO -> "ServerHello";
            case 4 -> "NewSessionTicket";
            case 5 -> "EndOfEarlyData";
            case 8 -> "EncryptedExtensions";
            case 11 -> "Certificate";
            case SERVER_KEY_EXCHANGE -> "ServerKeyExchange";
            case 13 -> "CertificateRequest";
            case 14 -> "ServerHelloDone";
            case 15 -> "CertificateVerify";
            case 16 -> "ClientKeyExchange";
            case 20 -> "Finished";
            case 22 -> "CertificateStatus";
            case 24 -> "KeyUpdate";
            default -> "handshake message " + type;
        };
    }
}
