package org.posthorn.client.imap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.account.Login;

/**
 * The LOGIN command (RFC 9051 §6.2.3), its arguments as quoted strings where they can be, else as synchronising literals:
 * a quoted string holds no line break and, before UTF8=ACCEPT, no octet above 127.
 */
final class LoginCommand {
    private final List<byte[]> pieces = new ArrayList<>();
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();

    private LoginCommand() {}

    /** What is sent, cut where the server must first answer a literal with a continuation request. */
    static List<byte[]> pieces(String tag, Login.Password login) {
        LoginCommand command = new LoginCommand();
        command.add(tag + " LOGIN ");
        command.argument(login.user());
        command.add(" ");
        command.argument(login.password().reveal());
        command.add("\r\n");
        command.cut();
        return command.pieces;
    }

    private void argument(String value) {
        if (value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            add('"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
        } else {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            add("{" + bytes.length + "}\r\n");
            cut();
            piece.writeBytes(bytes);
        }
    }

    private void add(String text) {
        piece.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void cut() {
        pieces.add(piece.toByteArray());
        piece.reset();
    }
}
