package org.posthorn.transport.proxy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Digest challenge that can be answered (RFC 7616 §3.3).
 *
 * @param algorithm as the proxy named it, {@code MD5} when it named none
 * @param auth whether quality of protection “auth” is offered; without it the form of RFC 2069 is used
 */
record DigestChallenge(
        String realm, String nonce, Optional<String> opaque, String algorithm, boolean auth, boolean stale) {
    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,\\s]+))");
    /** Strongest first. */
    private static final List<String> ALGORITHMS = List.of("SHA-256-SESS", "SHA-256", "MD5-SESS", "MD5");

    /** Absent when it is no Digest challenge, or one with an algorithm or protection that is not known here. */
    static Optional<DigestChallenge> parse(String challenge) {
        if (!ProxyAuthorization.scheme(challenge).equals("digest")) {
            return Optional.empty();
        }
        Map<String, String> parameters = parameters(challenge.substring("digest".length()));
        String algorithm = parameters.getOrDefault("algorithm", "MD5");
        String protection = parameters.get("qop");
        boolean auth = protection != null && List.of(protection.split("[ ,]+")).contains("auth");
        if (!ALGORITHMS.contains(algorithm.toUpperCase(Locale.ROOT)) || (protection != null && !auth)) {
            return Optional.empty();
        }
        return Optional.of(new DigestChallenge(
                parameters.getOrDefault("realm", ""),
                parameters.getOrDefault("nonce", ""),
                Optional.ofNullable(parameters.get("opaque")),
                algorithm,
                auth,
                "true".equalsIgnoreCase(parameters.get("stale"))));
    }

    /** Lower is stronger. */
    int rank() {
        return ALGORITHMS.indexOf(algorithm.toUpperCase(Locale.ROOT));
    }

    boolean isSession() {
        return algorithm.toUpperCase(Locale.ROOT).endsWith("-SESS");
    }

    /** The name of the digest in Java. */
    String digest() {
        return algorithm.toUpperCase(Locale.ROOT).startsWith("SHA-256") ? "SHA-256" : "MD5";
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(text);
        while (parameter.find()) {
            String quoted = parameter.group(2);
            String value = quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
            parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value);
        }
        return parameters;
    }
}
