package org.posthorn.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a ClientHello offers or a ServerHello chooses (RFC 8446 §4.1).
 *
 * @param versions in Java's names ({@code TLSv1.3}), preferred first; one in a ServerHello
 * @param serverName the name sent as SNI (RFC 6066 §3)
 * @param cipherSuites by their registered names; one in a ServerHello
 * @param retryRequest whether it is a HelloRetryRequest
 */
record Hello(List<String> versions, Optional<String> serverName, List<String> cipherSuites, boolean retryRequest) {
    private static final int SERVER_NAME = 0;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int RANDOM = 32;

    /** RFC 8446 §4.1.3: the random that makes a ServerHello a HelloRetryRequest. */
    private static final String RETRY_RANDOM = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    Hello {
        versions = List.copyOf(versions);
        cipherSuites = List.copyOf(cipherSuites);
    }

    /** Reads the body of a ClientHello; empty when it is malformed. */
    static Optional<Hello> ofClient(byte[] body) {
        try {
            return Optional.of(client(ByteBuffer.wrap(body)));
        } catch (BufferUnderflowException malformed) {
            return Optional.empty();
        }
    }

    /** Reads the body of a ServerHello; empty when it is malformed. */
    static Optional<Hello> ofServer(byte[] body) {
        try {
            return Optional.of(server(ByteBuffer.wrap(body)));
        } catch (BufferUnderflowException malformed) {
            return Optional.empty();
        }
    }

    private static Hello client(ByteBuffer in) {
        String legacyVersion = version(number(in));
        take(in, RANDOM);
        vector8(in);
        ByteBuffer suites = vector16(in);
        vector8(in);
        List<String> names = new ArrayList<>();
        while (suites.hasRemaining()) {
            names.add(CipherSuiteNames.name(number(suites)));
        }
        List<String> versions = List.of(legacyVersion);
        Optional<String> serverName = Optional.empty();
        for (Extension extension : extensions(in)) {
            if (extension.type() == SUPPORTED_VERSIONS) {
                versions = versions(vector8(extension.content()));
            } else if (extension.type() == SERVER_NAME) {
                serverName = Optional.of(serverName(vector16(extension.content())));
            }
        }
        return new Hello(versions, serverName, names, false);
    }

    private static Hello server(ByteBuffer in) {
        String version = version(number(in));
        String random = HexFormat.of().formatHex(bytes(take(in, RANDOM)));
        vector8(in);
        String suite = CipherSuiteNames.name(number(in));
        take(in, 1);
        for (Extension extension : extensions(in)) {
            if (extension.type() == SUPPORTED_VERSIONS) {
                version = version(number(extension.content()));
            }
        }
        return new Hello(List.of(version), Optional.empty(), List.of(suite), random.equals(RETRY_RANDOM));
    }

    private record Extension(int type, ByteBuffer content) {}

    /** A hello of TLS 1.2 may end without any (RFC 5246 §7.4.1.2). */
    private static List<Extension> extensions(ByteBuffer in) {
        List<Extension> extensions = new ArrayList<>();
        ByteBuffer all = in.hasRemaining() ? vector16(in) : in;
        while (all.hasRemaining()) {
            extensions.add(new Extension(number(all), vector16(all)));
        }
        return extensions;
    }

    private static List<String> versions(ByteBuffer in) {
        List<String> versions = new ArrayList<>();
        while (in.hasRemaining()) {
            versions.add(version(number(in)));
        }
        return versions;
    }

    private static String serverName(ByteBuffer in) {
        take(in, 1);
        return new String(bytes(vector16(in)), StandardCharsets.US_ASCII);
    }

    private static String version(int version) {
        return switch (version) {
            case 0x0300 -> "SSLv3";
            case 0x0301 -> "TLSv1";
            case 0x0302 -> "TLSv1.1";
            case 0x0303 -> "TLSv1.2";
            case 0x0304 -> "TLSv1.3";
            default -> String.format(Locale.ROOT, "0x%04x", version);
        };
    }

    private static int number(ByteBuffer in) {
        return in.getShort() & 0xFFFF;
    }

    private static ByteBuffer vector8(ByteBuffer in) {
        return take(in, in.get() & 0xFF);
    }

    private static ByteBuffer vector16(ByteBuffer in) {
        return take(in, number(in));
    }

    private static ByteBuffer take(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer taken = in.slice(in.position(), length);
        in.position(in.position() + length);
        return taken;
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }
}
