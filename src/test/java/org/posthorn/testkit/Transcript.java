package org.posthorn.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;

/**
 * A session as it went: a file of settings ({@code protocol: IMAP}), an empty line, and what was said, {@code C:} by the
 * client, {@code S:} by the server, {@code --- TLS} where the handshake is. It plays the server's side.
 *
 * @param login from the settings {@code user}, {@code password} and {@code mechanism}; without them none
 * @param ends how the check ends: READY or the kind of the failure
 */
public record Transcript(
        String name, Protocol protocol, TlsMode security, Login login, String ends, List<String> lines) {
    private static final SSLContext TLS =
            Certificates.authority().leaf("127.0.0.1").issue().serverContext();
    private static final String HANDSHAKE = "--- TLS";

    /** How the server's words are cut in writes. */
    public enum Cut {
        /** All that stands between two lines of the client at once. */
        WHOLE,
        LINE,
        BYTE
    }

    /** All there are. */
    public static List<Transcript> all() {
        try (Stream<Path> files = Files.walk(folder())) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(Transcript::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(Transcript.class.getResource("/transcripts"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Transcript read(Path file) {
        try {
            return parse(folder().relativize(file).toString(), Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Transcript parse(String name, List<String> file) {
        Map<String, String> settings = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (String line : file) {
            int colon = line.indexOf(": ");
            if (line.startsWith("C: ") || line.startsWith("S: ") || line.equals(HANDSHAKE)) {
                lines.add(line);
            } else if (!line.startsWith("#") && colon > 0) {
                settings.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        return new Transcript(
                name,
                Protocol.valueOf(settings.getOrDefault("protocol", "")),
                TlsMode.valueOf(settings.getOrDefault("security", "")),
                login(settings),
                settings.getOrDefault("ends", ""),
                List.copyOf(lines));
    }

    private static Login login(Map<String, String> settings) {
        if (!settings.containsKey("user")) {
            return Login.none();
        }
        return new Login.Password(
                settings.getOrDefault("user", ""),
                Secret.of(settings.getOrDefault("password", "")),
                settings.containsKey("mechanism")
                        ? SaslSettings.of(settings.get("mechanism"))
                        : SaslSettings.automatic());
    }

    /** The check that the session was, against another server. */
    public Endpoint endpoint(ScriptedServer server) {
        return Checks.endpoint(protocol, server, security).withLogin(login);
    }

    /** What the client says. */
    public List<String> client() {
        return lines.stream()
                .filter(line -> line.startsWith("C: "))
                .map(line -> line.substring(3))
                .toList();
    }

    /** Says the server's part; a client that says something else is left. */
    public void play(ScriptedServer.Peer peer, Cut cut) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line : lines) {
            if (line.startsWith("S: ")) {
                said.append(line.substring(3)).append("\r\n");
                continue;
            }
            say(peer, cut, said);
            if (line.equals(HANDSHAKE)) {
                peer.startTls(TLS);
            } else if (!peer.hear().equals(line.substring(3))) {
                throw new IOException("the client does not say " + line);
            }
        }
        say(peer, cut, said);
        peer.end();
    }

    private static void say(ScriptedServer.Peer peer, Cut cut, StringBuilder said) throws IOException {
        String text = said.toString();
        said.setLength(0);
        switch (cut) {
            case WHOLE -> peer.send(text.getBytes(StandardCharsets.UTF_8));
            case LINE -> {
                for (String line : text.lines().toList()) {
                    peer.say(line);
                }
            }
            case BYTE -> {
                for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
                    peer.send(new byte[] {one});
                }
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
