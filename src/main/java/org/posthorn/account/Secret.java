package org.posthorn.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A password or token. It shows itself as dots everywhere; the one way to its characters is {@link #reveal()}, and the
 * callers of that method are a fixed list that the architecture test holds.
 */
public final class Secret {
    /** What stands in place of a secret wherever text is shown or stored. */
    public static final String DOTS = "••••••";

    private final char[] characters;

    private Secret(char[] characters) {
        this.characters = characters;
    }

    public static Secret of(String characters) {
        return new Secret(characters.toCharArray());
    }

    public String reveal() {
        return new String(characters);
    }

    public boolean isEmpty() {
        return characters.length == 0;
    }

    public boolean contains(char character) {
        return String.valueOf(characters).indexOf(character) >= 0;
    }

    /** Whether a blank or a line break stands at either end, the usual slip of copying a password. */
    public boolean hasOuterBlank() {
        return !isEmpty()
                && (Character.isWhitespace(characters[0]) || Character.isWhitespace(characters[characters.length - 1]));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(characters);
    }

    @Override
    public String toString() {
        return DOTS;
    }

    private byte[] bytes() {
        return reveal().getBytes(StandardCharsets.UTF_8);
    }
}
