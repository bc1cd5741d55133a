package org.posthorn.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A POP3 server with messages for any number of connections, which can be made to end a connection at any command. */
public final class MailboxPop3 implements ScriptedServer.Script {
    private final List<String> messages;
    private final AtomicInteger commands = new AtomicInteger();
    private volatile MailboxImap.Trap trap = (_, _) -> MailboxImap.Fate.WELL;
    private volatile boolean refusing;

    /** With messages of which each has a name of its own. */
    public MailboxPop3(List<String> messages) {
        this.messages = List.copyOf(messages);
    }

    public MailboxPop3 trapping(MailboxImap.Trap chosen) {
        trap = chosen;
        return this;
    }

    /** Refuses every connection from here on. */
    public void refuse() {
        refusing = true;
    }

    public int commands() {
        return commands.get();
    }

    @Override
    public void run(ScriptedServer.Peer peer) throws IOException {
        if (refusing) {
            peer.say("-ERR [IN-USE] the mailbox is in use");
            return;
        }
        peer.say("+OK hello");
        for (String command = peer.hear(); !command.equals("QUIT"); command = peer.hear()) {
            if (command.equals("CAPA")) {
                peer.say("+OK", "UIDL", "PIPELINING", "USER", ".");
            } else if (command.matches("(USER|PASS|NOOP).*")) {
                peer.say("+OK");
            } else if (!answered(peer, command)) {
                return;
            }
        }
        peer.say("+OK bye");
    }

    private boolean answered(ScriptedServer.Peer peer, String command) throws IOException {
        MailboxImap.Fate fate = trap.of(command, commands.incrementAndGet());
        byte[] answer = answer(command).getBytes(ISO_8859_1);
        switch (fate) {
            case WELL -> peer.send(answer);
            case HALF_ANSWERED -> peer.send(Arrays.copyOf(answer, answer.length / 2));
            case LOST, DONE_AND_LOST, BYE -> {}
        }
        return fate == MailboxImap.Fate.WELL;
    }

    private String answer(String command) {
        String[] words = command.split(" ", 2);
        return switch (words[0]) {
            case "UIDL" -> list(number -> "name" + number);
            case "LIST" ->
                list(number -> String.valueOf(messages.get(number - 1).length()));
            case "RETR" -> retrieved(Integer.parseInt(words[1]));
            default -> "-ERR what?\r\n";
        };
    }

    private String list(IntFunction<String> each) {
        return IntStream.rangeClosed(1, messages.size())
                .mapToObj(number -> number + " " + each.apply(number) + "\r\n")
                .collect(Collectors.joining("", "+OK\r\n", ".\r\n"));
    }

    private String retrieved(int number) {
        return "+OK\r\n" + messages.get(number - 1).replaceAll("(?dm)^\\.", "..") + ".\r\n";
    }
}
