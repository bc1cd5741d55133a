package org.posthorn.client.pop3;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.account.Login;

/**
 * APOP (RFC 1939 §7): a digest of the greeting's timestamp and the password. A timestamp that is no message id is not
 * digested: with ones of its own choosing a false server finds out the password (CVE-2007-1558).
 */
final class Apop {
    private static final Pattern TIMESTAMP = Pattern.compile("<[!-;=?-~]+@[!-;=?-~]+>");

    private Apop() {}

    /** The timestamp of a greeting, with its brackets. */
    static Optional<String> timestamp(String greeting) {
        Matcher timestamp = TIMESTAMP.matcher(greeting);
        return timestamp.find() ? Optional.of(timestamp.group()) : Optional.empty();
    }

    static String command(String timestamp, Login.Password login) {
        return "APOP " + login.user() + " "
                + digest(timestamp + login.password().reveal());
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no MD5", e);
        }
    }
}
