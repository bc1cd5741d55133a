package org.posthorn.testkit;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A secret that is looked for in what a program leaves behind, in all the forms in which it may hide there. */
public record Canary(String secret) {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{8,}={0,2}");
    private static final Pattern HEX = Pattern.compile("(?:[0-9A-Fa-f]{2}[: ]?){6,}");
    private static final int TRACE = 8;

    /** The forms in which a server may repeat it, with a user name where one belongs. */
    public String echo(String user) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return String.join(
                " ",
                base64(secret),
                base64("\0" + user + "\0" + secret),
                base64("x" + secret + "y"),
                base64("xy" + secret),
                HexFormat.of().formatHex(bytes),
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                secret.replace("\\", "\\\\").replace("\"", "\\\""),
                secret);
    }

    /** A trace of it, eight characters or more, with the place where it was found. */
    public Optional<String> traceIn(String text) {
        List<String> readings =
                new ArrayList<>(List.of(text, text.replace("\\\"", "\"").replace("\\\\", "\\")));
        readings.add(unescaped(text));
        decoded(text, readings);
        for (String reading : readings) {
            for (int i = 0; i + TRACE <= secret.length(); i++) {
                int found = reading.indexOf(secret.substring(i, i + TRACE));
                if (found >= 0) {
                    return Optional.of(reading.substring(Math.max(0, found - 60), found + TRACE));
                }
            }
        }
        return Optional.empty();
    }

    private static void decoded(String text, List<String> readings) {
        Matcher blob = BASE64.matcher(text);
        while (blob.find()) {
            String letters = blob.group().replace('-', '+').replace('_', '/').replace("=", "");
            for (int skipped = 0; skipped < 4; skipped++) {
                readings.add(fromBase64(letters.substring(skipped)));
            }
        }
        Matcher hex = HEX.matcher(text);
        while (hex.find()) {
            readings.add(utf8(HexFormat.of().parseHex(hex.group().replaceAll("[: ]", ""))));
        }
    }

    private static String fromBase64(String letters) {
        return utf8(Base64.getDecoder().decode(letters.substring(0, letters.length() / 4 * 4)));
    }

    private static String unescaped(String text) {
        return URLDecoder.decode(
                text.replaceAll("%(?![0-9A-Fa-f]{2})", "%25").replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "canary";
    }
}
