package org.posthorn.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/**
 * An SMTP server that takes commands together where RFC 2920 lets them be, and notes each that came where a client must
 * wait. It answers a group only when no more of it comes, so that a client that waits and one that does not look different.
 */
public final class StrictSmtp implements ScriptedServer.Script {
    private final List<String> extensions;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<List<String>> groups = new CopyOnWriteArrayList<>();
    private final List<String> trespasses = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final SSLContext tls =
            Certificates.authority().leaf("127.0.0.1").issue().serverContext();
    private boolean secured;

    public StrictSmtp(String... extensions) {
        this.extensions = List.of(extensions);
    }

    /** What answers a command, given by how it begins; lines are parted by line ends. */
    public StrictSmtp answering(String command, String reply) {
        answers.put(command, reply);
        return this;
    }

    /** The commands as they came together, from MAIL on. */
    public List<List<String>> groups() {
        return List.copyOf(groups);
    }

    /** What was sent before the reply had come that it must wait for. */
    public List<String> trespasses() {
        return List.copyOf(trespasses);
    }

    /** The messages as they came, stuffed dots and all. */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void run(ScriptedServer.Peer peer) throws IOException {
        sync(peer, "the greeting");
        peer.say("220 strict.test");
        while (true) {
            String command = peer.hear();
            String verb = command.split("[ :]", 2)[0];
            switch (verb) {
                case "EHLO" -> {
                    sync(peer, verb);
                    peer.say(ehlo());
                }
                case "STARTTLS" -> {
                    sync(peer, verb);
                    peer.say("220 go");
                    peer.startTls(tls);
                    secured = true;
                }
                case "AUTH", "NOOP" -> {
                    sync(peer, verb);
                    peer.say(verb.equals("AUTH") ? "235 in" : "250 ok");
                }
                case "QUIT" -> {
                    peer.say("221 bye");
                    return;
                }
                default -> transaction(peer, command);
            }
        }
    }

    private String[] ehlo() {
        List<String> lines = new ArrayList<>(List.of("strict.test"));
        lines.addAll(extensions);
        if (secured) {
            lines.remove("STARTTLS");
        }
        return lines.stream()
                .map(line -> (line.equals(lines.getLast()) ? "250 " : "250-") + line)
                .toArray(String[]::new);
    }

    private void transaction(ScriptedServer.Peer peer, String first) throws IOException {
        List<String> group = new ArrayList<>(List.of(first));
        while (!group.getLast().equals("DATA") && !peer.isSilent()) {
            group.add(peer.hear());
        }
        if (group.getLast().equals("DATA")) {
            sync(peer, "DATA");
        }
        groups.add(group);
        String said = "";
        for (String command : group) {
            said = answer(command);
            peer.say(said.split("\n"));
        }
        if (group.getLast().equals("DATA") && said.startsWith("354")) {
            message(peer);
        }
    }

    private void message(ScriptedServer.Peer peer) throws IOException {
        StringBuilder message = new StringBuilder();
        for (String line = peer.hear(); !line.equals("."); line = peer.hear()) {
            message.append(line).append('\n');
        }
        sync(peer, "the end of the message");
        messages.add(message.toString());
        peer.say(answer(".").split("\n"));
    }

    private String answer(String command) {
        return answers.entrySet().stream()
                .filter(entry -> command.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(command.equals("DATA") ? "354 go on" : "250 2.0.0 ok");
    }

    private void sync(ScriptedServer.Peer peer, String point) throws IOException {
        if (!peer.isSilent()) {
            trespasses.add(point);
        }
    }
}
