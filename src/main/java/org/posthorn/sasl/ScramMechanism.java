package org.posthorn.sasl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.posthorn.account.Secret;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;

/**
 * The SCRAM family (RFC 5802): the password never leaves, and the server has to prove that it knows it too. A server that
 * accepts without that proof is not believed.
 */
final class ScramMechanism implements SaslMechanism {
    /** Above this a server does not slow a guesser but this client; common servers ask for 4,096 to 600,000. */
    private static final int MOST_ITERATIONS = 10_000_000;

    private final ScramHash hash;
    private final Gs2Binding binding;
    private final String gs2Header;
    private final String user;
    private final Secret password;
    private final String nonce;
    private State state = State.FIRST;
    private byte[] serverSignature = {};
    private Optional<String> error = Optional.empty();

    private enum State {
        FIRST,
        PROOF,
        VERIFIED,
        REFUSED
    }

    /** With a nonce of printable characters without comma, fresh for each login. */
    ScramMechanism(
            ScramHash hash, Gs2Binding binding, String authorizationId, String user, Secret password, String nonce) {
        this.hash = hash;
        this.binding = binding;
        this.gs2Header = binding.flag() + "," + (authorizationId.isEmpty() ? "" : "a=" + name(authorizationId)) + ",";
        this.user = user;
        this.password = password;
        this.nonce = nonce;
    }

    @Override
    public String name() {
        return hash.mechanism() + (binding.isBound() ? "-PLUS" : "");
    }

    @Override
    public Optional<byte[]> initialResponse() {
        return Optional.of(utf8(gs2Header + clientFirstBare()));
    }

    @Override
    public Optional<byte[]> respond(byte[] challenge) throws FailureException {
        String message = new String(challenge, StandardCharsets.UTF_8);
        return switch (state) {
            case FIRST -> Optional.of(clientFinal(message));
            case PROOF -> Optional.of(verify(message));
            case VERIFIED, REFUSED -> Optional.empty();
        };
    }

    @Override
    public boolean serverIsProven() {
        return state == State.VERIFIED;
    }

    @Override
    public Optional<String> serverError() {
        return error;
    }

    private String clientFirstBare() {
        return "n=" + name(user) + ",r=" + nonce;
    }

    /** A saslname (RFC 5802 §5.1). */
    private static String name(String text) {
        return SaslPrep.prepare(text).replace("=", "=3D").replace(",", "=2C");
    }

    private byte[] clientFinal(String serverFirst) throws FailureException {
        Map<String, String> attributes = attributes(serverFirst);
        String both = required(attributes, "r", serverFirst);
        if (!both.startsWith(nonce) || both.length() == nonce.length()) {
            throw violation("a nonce that does not continue ours", serverFirst);
        }
        byte[] salted = hash.saltedPassword(
                SaslPrep.prepare(password.reveal()),
                base64(required(attributes, "s", serverFirst), serverFirst),
                iterations(required(attributes, "i", serverFirst), serverFirst));
        String withoutProof = "c=" + Base64.getEncoder().encodeToString(binding.input(gs2Header)) + ",r=" + both;
        byte[] authMessage = utf8(clientFirstBare() + "," + serverFirst + "," + withoutProof);
        byte[] clientKey = hash.hmac(salted, utf8("Client Key"));
        byte[] proof = xor(clientKey, hash.hmac(hash.digest(clientKey), authMessage));
        serverSignature = hash.hmac(hash.hmac(salted, utf8("Server Key")), authMessage);
        state = State.PROOF;
        return utf8(withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof));
    }

    private byte[] verify(String serverFinal) throws FailureException {
        Map<String, String> attributes = attributes(serverFinal);
        if (attributes.containsKey("e")) {
            // The server's refusal follows in the protocol's own words.
            error = Optional.of(serverFinal);
            state = State.REFUSED;
            return new byte[0];
        }
        byte[] claimed = base64(required(attributes, "v", serverFinal), serverFinal);
        if (!MessageDigest.isEqual(serverSignature, claimed)) {
            throw new FailureException(new Failure.ServerNotProven(name()));
        }
        state = State.VERIFIED;
        return new byte[0];
    }

    private static Map<String, String> attributes(String message) {
        Map<String, String> attributes = new HashMap<>();
        for (String attribute : message.split(",", -1)) {
            int equals = attribute.indexOf('=');
            if (equals > 0) {
                attributes.putIfAbsent(attribute.substring(0, equals), attribute.substring(equals + 1));
            }
        }
        return attributes;
    }

    private String required(Map<String, String> attributes, String name, String message) throws FailureException {
        String value = attributes.get(name);
        if (value == null) {
            throw violation("a message without the attribute " + name, message);
        }
        return value;
    }

    private int iterations(String text, String message) throws FailureException {
        if (!text.matches("[1-9]\\d{0,8}") || Integer.parseInt(text) > MOST_ITERATIONS) {
            throw violation("an iteration count of " + text, message);
        }
        return Integer.parseInt(text);
    }

    private byte[] base64(String text, String message) throws FailureException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw violation("an attribute that is not base64", message);
        }
    }

    private FailureException violation(String detail, String message) {
        return new FailureException(new Failure.ProtocolViolation(Phase.LOGIN, name() + ": " + detail, message));
    }

    private static byte[] xor(byte[] left, byte[] right) {
        byte[] result = left.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= right[i];
        }
        return result;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
