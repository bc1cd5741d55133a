package org.posthorn.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What a ClientHello offers or a ServerHello chooses (RFC 8446 §4.1), by registered names and in its order. Of what a
 * ServerHello chooses there is one.
 *
 * @param versions in Java's names ({@code TLSv1.3})
 * @param serverName the name sent as SNI (RFC 6066 §3)
 * @param groups for key exchange (RFC 8446 §4.2.7); a ServerHello names one in TLS 1.3 alone
 * @param signatureAlgorithms of a ClientHello (RFC 8446 §4.2.3)
 * @param keyShares the groups of which a ClientHello brings a key along (RFC 8446 §4.2.8)
 * @param applicationProtocols ALPN (RFC 7301)
 * @param retryRequest whether it is a HelloRetryRequest
 */
record Hello(
        List<String> versions,
        Optional<String> serverName,
        List<String> cipherSuites,
        List<String> groups,
        List<String> signatureAlgorithms,
        List<String> keyShares,
        List<String> applicationProtocols,
        boolean retryRequest) {
    private static final int SERVER_NAME = 0;
    private static final int SUPPORTED_GROUPS = 10;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int APPLICATION_PROTOCOLS = 16;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int KEY_SHARE = 51;
    private static final int RANDOM = 32;

    /** RFC 8446 §4.1.3: the random that makes a ServerHello a HelloRetryRequest. */
    private static final String RETRY_RANDOM = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    Hello {
        versions = List.copyOf(versions);
        cipherSuites = List.copyOf(cipherSuites);
        groups = List.copyOf(groups);
        signatureAlgorithms = List.copyOf(signatureAlgorithms);
        keyShares = List.copyOf(keyShares);
        applicationProtocols = List.copyOf(applicationProtocols);
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
        List<String> suites = numbers(vector16(in), CipherSuiteNames::name);
        vector8(in);
        List<Extension> extensions = extensions(in);
        return new Hello(
                content(extensions, SUPPORTED_VERSIONS)
                        .map(versions -> numbers(vector8(versions), Hello::version))
                        .orElse(List.of(legacyVersion)),
                content(extensions, SERVER_NAME).map(names -> serverName(vector16(names))),
                suites,
                names(extensions, SUPPORTED_GROUPS, GroupNames::name),
                names(extensions, SIGNATURE_ALGORITHMS, SignatureSchemeNames::name),
                content(extensions, KEY_SHARE)
                        .map(shares -> keyShares(vector16(shares)))
                        .orElse(List.of()),
                content(extensions, APPLICATION_PROTOCOLS)
                        .map(protocols -> protocols(vector16(protocols)))
                        .orElse(List.of()),
                false);
    }

    private static Hello server(ByteBuffer in) {
        String legacyVersion = version(number(in));
        String random = HexFormat.of().formatHex(bytes(take(in, RANDOM)));
        vector8(in);
        String suite = CipherSuiteNames.name(number(in));
        take(in, 1);
        List<Extension> extensions = extensions(in);
        return new Hello(
                List.of(content(extensions, SUPPORTED_VERSIONS)
                        .map(version -> version(number(version)))
                        .orElse(legacyVersion)),
                Optional.empty(),
                List.of(suite),
                content(extensions, KEY_SHARE)
                        .map(share -> List.of(GroupNames.name(number(share))))
                        .orElse(List.of()),
                List.of(),
                List.of(),
                content(extensions, APPLICATION_PROTOCOLS)
                        .map(protocols -> protocols(vector16(protocols)))
                        .orElse(List.of()),
                random.equals(RETRY_RANDOM));
    }

    private static Optional<ByteBuffer> content(List<Extension> extensions, int type) {
        return extensions.stream()
                .filter(extension -> extension.type() == type)
                .findFirst()
                .map(Extension::content);
    }

    private static List<String> names(List<Extension> extensions, int type, IntFunction<String> name) {
        return content(extensions, type)
                .map(list -> numbers(vector16(list), name))
                .orElse(List.of());
    }

    private static List<String> keyShares(ByteBuffer in) {
        List<String> groups = new ArrayList<>();
        while (in.hasRemaining()) {
            groups.add(GroupNames.name(number(in)));
            vector16(in);
        }
        return groups;
    }

    private static List<String> protocols(ByteBuffer in) {
        List<String> names = new ArrayList<>();
        while (in.hasRemaining()) {
            names.add(new String(bytes(vector8(in)), StandardCharsets.US_ASCII));
        }
        return names;
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

    private static List<String> numbers(ByteBuffer in, IntFunction<String> name) {
        List<String> names = new ArrayList<>();
        while (in.hasRemaining()) {
            names.add(name.apply(number(in)));
        }
        return names;
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
