package org.posthorn.transport.proxy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.ProxySettings.Credentials;

/** Digest for a CONNECT request (RFC 7616 §3.4). */
final class DigestAuthorization implements ProxyAuthorization {
    private static final String COUNT = "00000001";

    private final Credentials login;
    private final String uri;
    private final String clientNonce;
    private DigestChallenge challenge;
    private boolean renewed;

    DigestAuthorization(DigestChallenge challenge, Credentials login, String uri, String clientNonce) {
        this.challenge = challenge;
        this.login = login;
        this.uri = uri;
        this.clientNonce = clientNonce;
    }

    /** A nonce that has grown stale is no refusal: the same login is good with the new one (RFC 7616 §3.3). */
    @Override
    public boolean continues(List<String> challenges) {
        Optional<DigestChallenge> fresh = challenges.stream()
                .flatMap(text -> DigestChallenge.parse(text).stream())
                .filter(DigestChallenge::stale)
                .findFirst();
        boolean goesOn = fresh.isPresent() && !renewed;
        if (goesOn) {
            challenge = fresh.get();
            renewed = true;
        }
        return goesOn;
    }

    @Override
    public String value() {
        StringBuilder value = new StringBuilder("Digest username=").append(quoted(login.user()));
        value.append(", realm=").append(quoted(challenge.realm()));
        value.append(", nonce=").append(quoted(challenge.nonce()));
        value.append(", uri=").append(quoted(uri));
        value.append(", algorithm=").append(challenge.algorithm());
        if (challenge.auth()) {
            value.append(", qop=auth, nc=").append(COUNT);
            value.append(", cnonce=").append(quoted(clientNonce));
        }
        value.append(", response=").append(quoted(response()));
        challenge.opaque().ifPresent(opaque -> value.append(", opaque=").append(quoted(opaque)));
        return value.toString();
    }

    private String response() {
        String a1 = hash(
                login.user() + ":" + challenge.realm() + ":" + login.password().reveal());
        if (challenge.isSession()) {
            a1 = hash(a1 + ":" + challenge.nonce() + ":" + clientNonce);
        }
        String a2 = hash("CONNECT:" + uri);
        return challenge.auth()
                ? hash(String.join(":", a1, challenge.nonce(), COUNT, clientNonce, "auth", a2))
                : hash(a1 + ":" + challenge.nonce() + ":" + a2);
    }

    private String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(challenge.digest());
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + challenge.digest(), e);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
