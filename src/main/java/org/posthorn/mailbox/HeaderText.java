package org.posthorn.mailbox;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What a header holds beyond ASCII without saying in which charset. */
public final class HeaderText {
    private HeaderText() {}

    /**
     * As UTF-8 (RFC 6532) where it can be that.
     *
     * @param text each byte a character; one that is decoded already stays as it is
     */
    public static String read(String text) {
        if (text.chars().anyMatch(character -> character > 0xff)) {
            return text;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException _) {
            return text;
        }
    }
}
