package org.posthorn.sasl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.Secret;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;

/**
 * NTLM as mail servers carry it ([MS-NLMP] in [MS-SMTPNTLM], [MS-POP3] and [MS-OXIMAP]): our offer, the server's challenge,
 * our response. The server's first words, “NTLM supported” for example, are not looked at. Nothing is signed or sealed.
 */
final class NtlmMechanism implements SaslMechanism {
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

    private final NtlmVersion version;
    private final NtlmUser user;
    private final Secret password;
    private final byte[] clientChallenge;
    private final Clock clock;
    private State state = State.OFFER;

    private enum State {
        OFFER,
        RESPONSE,
        DONE
    }

    /** With a challenge of eight bytes, fresh for each login. */
    NtlmMechanism(NtlmVersion version, String user, Secret password, byte[] clientChallenge, Clock clock) {
        this.version = version;
        this.user = NtlmUser.of(user);
        this.password = password;
        this.clientChallenge = clientChallenge.clone();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "NTLM";
    }

    @Override
    public boolean takesWords() {
        return state == State.OFFER;
    }

    @Override
    public Optional<byte[]> initialResponse() {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> respond(byte[] challenge) throws FailureException {
        return switch (state) {
            case OFFER -> {
                state = State.RESPONSE;
                yield Optional.of(offer());
            }
            case RESPONSE -> {
                state = State.DONE;
                yield Optional.of(response(parsed(challenge)));
            }
            case DONE -> Optional.empty();
        };
    }

    private byte[] offer() {
        byte[] bytes = new byte[OFFER];
        message(bytes, 1).putInt(flags());
        return bytes;
    }

    private int flags() {
        return switch (version) {
            case V1 -> OFFERED;
            case V2 -> OFFERED | EXTENDED_SESSION_SECURITY;
        };
    }

    private static NtlmChallenge parsed(byte[] challenge) throws FailureException {
        return NtlmChallenge.of(challenge)
                .orElseThrow(() -> new FailureException(new Failure.ProtocolViolation(
                        Phase.LOGIN,
                        "NTLM: what came is no challenge",
                        new String(challenge, StandardCharsets.UTF_8))));
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
