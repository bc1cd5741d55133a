package org.posthorn.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;

/** A password that is looked for in the log after each form of login, by other means than those that hide it. */
class RedactionCanaryTest {
    private static final String USER = "alice@example.org";
    private static final String ALPHABET = "abcXYZ0189 \"\\%+/=&{}()*?'<>äöüß€😀._-~";
    private static final int PASSWORDS = 60;
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{4,}");

    /**
     * Each form of login, as what a client sends; it waits for the server where a bar stands. Of the password: $P as it
     * is, $Q quoted, $N its bytes, $B in Base64, $S with the user in the blob of PLAIN, $X in that of XOAUTH2.
     */
    enum Form {
        IMAP_ATOM(Protocol.IMAP, "a1 LOGIN $U $P"),
        IMAP_QUOTED(Protocol.IMAP, "a1 LOGIN \"$U\" \"$Q\""),
        IMAP_LITERAL(Protocol.IMAP, "a1 LOGIN {17}|$U {$N}|$P"),
        IMAP_LITERAL_AT_ONCE(Protocol.IMAP, "a1 login $U {$N+}\r\n$P"),
        IMAP_LITERAL8(Protocol.IMAP, "a1 LOGIN $U ~{$N}|$P"),
        IMAP_PLAIN(Protocol.IMAP, "a1 AUTHENTICATE PLAIN|$S"),
        IMAP_PLAIN_INITIAL(Protocol.IMAP, "a1 AUTHENTICATE PLAIN $S"),
        IMAP_LOGIN(Protocol.IMAP, "a1 AUTHENTICATE LOGIN|$V|$B"),
        IMAP_XOAUTH2(Protocol.IMAP, "a1 AUTHENTICATE XOAUTH2 $X|"),
        POP3_PASS(Protocol.POP3, "USER $U|PASS $P"),
        POP3_PLAIN(Protocol.POP3, "AUTH PLAIN|$S"),
        POP3_PLAIN_INITIAL(Protocol.POP3, "AUTH PLAIN $S"),
        POP3_LOGIN(Protocol.POP3, "AUTH LOGIN|$V|$B"),
        POP3_XOAUTH2(Protocol.POP3, "AUTH XOAUTH2 $X|"),
        SMTP_PLAIN(Protocol.SMTP, "AUTH PLAIN|$S"),
        SMTP_PLAIN_INITIAL(Protocol.SMTP, "AUTH PLAIN $S"),
        SMTP_LOGIN(Protocol.SMTP, "AUTH LOGIN|$V|$B"),
        SMTP_LOGIN_INITIAL(Protocol.SMTP, "AUTH LOGIN $V|$B"),
        SMTP_XOAUTH2(Protocol.SMTP, "AUTH XOAUTH2 $X|");

        private final Protocol protocol;
        private final String login;

        Form(Protocol protocol, String login) {
            this.protocol = protocol;
            this.login = login;
        }

        Conversation with(String password, SecretMask mask) {
            String sent = login.replace("$U", USER)
                    .replace("$V", base64(USER))
                    .replace("$P", password)
                    .replace("$Q", quoted(password))
                    .replace("$N", Integer.toString(password.getBytes(UTF_8).length))
                    .replace("$B", base64(password))
                    .replace("$S", plain(password))
                    .replace("$X", xoauth2(password));
            Conversation conversation = new Conversation(protocol, mask);
            Stream.of(sent.split("\\|", -1))
                    .forEach(line -> conversation.client(line + "\r\n").server("+ \r\n334 \r\n"));
            return conversation;
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void leavesNoTraceOfAPasswordThatOnlyTheRedactorCanKnowOf(Form form) {
        passwords().forEach(password -> {
            List<String> log = form.with(password, SecretMask.none()).shown();

            assertThat(traces(log, password)).as("of %s in %s", password, log).isEmpty();
            assertThat(String.join("\n", log)).contains(Secret.DOTS);
        });
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void leavesNoTraceOfAPasswordThatTheServerRepeats(Form form) {
        passwords().forEach(password -> {
            SecretMask mask = new SecretMask(List.of(Secret.of(password)));
            Conversation conversation = form.with(password, mask);
            echoes(password).forEach(echo -> conversation.server("* " + echo + " 500 you said " + echo + "\r\n"));

            List<String> log = conversation.shown();

            assertThat(traces(log, password)).as("of %s in %s", password, log).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void looksTheSameInAnyPieces(Form form) {
        passwords()
                .limit(3)
                .forEach(password -> form.with(password, SecretMask.none()).isShownAlikeInAnyPieces());
    }

    private static Stream<String> passwords() {
        Random random = new Random(20261123);
        int[] letters = ALPHABET.codePoints().toArray();
        return IntStream.range(0, PASSWORDS).mapToObj(i -> {
            int length = 6 + random.nextInt(20);
            StringBuilder password = new StringBuilder("q");
            random.ints(length, 0, letters.length).forEach(letter -> password.appendCodePoint(letters[letter]));
            return password.append('j').toString();
        });
    }

    private static Stream<String> echoes(String password) {
        String form = URLEncoder.encode(password, UTF_8);
        return Stream.of(
                password,
                quoted(password),
                base64(password),
                plain(password),
                xoauth2(password),
                Base64.getUrlEncoder().encodeToString(password.getBytes(UTF_8)),
                form,
                form.replace("+", "%20"),
                HexFormat.of().formatHex(password.getBytes(UTF_8)));
    }

    /** The lines that give the password away, or the user name inside a blob. */
    private static List<String> traces(List<String> log, String password) {
        return log.stream()
                .filter(line -> line.contains(password)
                        || line.contains(quoted(password))
                        || line.contains(URLEncoder.encode(password, UTF_8))
                        || line.contains(URLEncoder.encode(password, UTF_8).replace("+", "%20"))
                        || line.contains(HexFormat.of().formatHex(password.getBytes(UTF_8)))
                        || blobHolds(line, password)
                        || blobHolds(line, USER))
                .toList();
    }

    private static boolean blobHolds(String line, String text) {
        Matcher blobs = BASE64.matcher(line);
        while (blobs.find()) {
            String blob = blobs.group().replace('-', '+').replace('_', '/');
            for (int from = 0; from < 4 && from < blob.length(); from++) {
                String aligned = blob.substring(from, from + (blob.length() - from) / 4 * 4);
                if (new String(Base64.getDecoder().decode(aligned), UTF_8).contains(text.substring(1, 6))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String quoted(String password) {
        return password.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String plain(String password) {
        return base64("\0" + USER + "\0" + password);
    }

    private static String xoauth2(String token) {
        return base64("user=" + USER + "\u0001auth=Bearer " + token + "\u0001\u0001");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
