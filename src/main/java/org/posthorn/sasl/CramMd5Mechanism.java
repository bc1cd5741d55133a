package org.posthorn.sasl;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.posthorn.account.Secret;

/** CRAM-MD5 (RFC 2195): a keyed digest of the server's challenge. */
final class CramMd5Mechanism implements SaslMechanism {
    private final String user;
    private final Secret password;
    private boolean said;

    CramMd5Mechanism(String user, Secret password) {
        this.user = user;
        this.password = password;
    }

    @Override
    public String name() {
        return "CRAM-MD5";
    }

    @Override
    public Optional<byte[]> initialResponse() {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> respond(byte[] challenge) {
        if (said) {
            return Optional.empty();
        }
        said = true;
        byte[] key = password.reveal().getBytes(StandardCharsets.UTF_8);
        String digest = HexFormat.of().formatHex(Digests.hmac("HmacMD5", key, challenge));
        return Optional.of((user + " " + digest).getBytes(StandardCharsets.UTF_8));
    }
}
