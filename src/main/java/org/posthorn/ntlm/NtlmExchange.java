package org.posthorn.ntlm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.Secret;

/** One login: our offer, and our response to the server's challenge. Nothing is signed or sealed. */
public final class NtlmExchange {
    static final int UNICODE = 0x00000001;
    private static final int OEM = 0x00000002;
    private static final int REQUEST_TARGET = 0x00000004;
    private static final int NTLM = 0x00000200;
    private static final int ALWAYS_SIGN = 0x00008000;
    private static final int EXTENDED_SESSION_SECURITY = 0x00080000;
    private static final int OFFERED = UNICODE | OEM | REQUEST_TARGET | NTLM | ALWAYS_SIGN;

    private static final Instant EPOCH = Instant.parse("1601-01-01T00:00:00Z");
    private static final int OFFER = 32;
    private static final int HEADER = 64;
    private static final int CLIENT_CHALLENGE = 8;

    private final NtlmVersion version;
    private final NtlmUser user;
    private final Secret password;
    private final byte[] clientChallenge;
    private final Clock clock;

    /** With a challenge of eight bytes, fresh for each login. */
    public NtlmExchange(NtlmVersion version, String user, Secret password, byte[] clientChallenge, Clock clock) {
        this.version = version;
        this.user = NtlmUser.of(user);
        this.password = password;
        this.clientChallenge = clientChallenge.clone();
        this.clock = clock;
    }

    /** A client's challenge. */
    public static byte[] challenge(SecureRandom random) {
        byte[] challenge = new byte[CLIENT_CHALLENGE];
        random.nextBytes(challenge);
        return challenge;
    }

    /** NEGOTIATE_MESSAGE (§2.2.1.1). */
    public byte[] offer() {
        byte[] bytes = new byte[OFFER];
        message(bytes, 1).putInt(flags());
        return bytes;
    }

    /** AUTHENTICATE_MESSAGE (§2.2.1.3); absent when the bytes are no challenge. */
    public Optional<byte[]> response(byte[] challenge) {
        return NtlmChallenge.of(challenge).map(this::response);
    }

    private int flags() {
        return switch (version) {
            case V1 -> OFFERED;
            case V2 -> OFFERED | EXTENDED_SESSION_SECURITY;
        };
    }

    private byte[] response(NtlmChallenge challenge) {
        NtlmResponse response = response(challenge.challenge(), challenge);
        Charset charset = challenge.isUnicode() ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1;
        List<byte[]> parts = List.of(
                response.lanManager(),
                response.nt(),
                user.domain().getBytes(charset),
                user.name().getBytes(charset),
                new byte[0],
                new byte[0]);
        int length = HEADER + parts.stream().mapToInt(part -> part.length).sum();
        byte[] bytes = new byte[length];
        ByteBuffer message = message(bytes, 3);
        int offset = HEADER;
        for (byte[] part : parts) {
            message.putShort((short) part.length).putShort((short) part.length).putInt(offset);
            message.put(offset, part);
            offset += part.length;
        }
        message.putInt(flags() & challenge.flags());
        return bytes;
    }

    private NtlmResponse response(byte[] serverChallenge, NtlmChallenge challenge) {
        return switch (version) {
            case V1 -> NtlmResponse.v1(password.reveal(), serverChallenge);
            case V2 ->
                NtlmResponse.v2(
                        user,
                        password.reveal(),
                        serverChallenge,
                        clientChallenge,
                        challenge.timestamp().orElseGet(this::now),
                        challenge.targetInfo());
        };
    }

    private long now() {
        Duration since = Duration.between(EPOCH, clock.instant());
        return since.getSeconds() * 10_000_000 + since.getNano() / 100;
    }

    private static ByteBuffer message(byte[] bytes, int type) {
        return ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(NtlmChallenge.SIGNATURE)
                .putInt(type);
    }
}
