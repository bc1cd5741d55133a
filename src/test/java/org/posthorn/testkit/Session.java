package org.posthorn.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.timeline.Phase;

/**
 * What an honest server says from the greeting to the farewell, reply by reply, so that a test can let it be honest up to
 * one of them. In IMAP {@code TAG} stands for the tag of the command that is answered.
 *
 * @param replies the first is the greeting, the last the farewell
 */
public record Session(Protocol protocol, TlsMode security, List<Reply> replies) {
    private static final SSLContext TLS =
            Certificates.authority().leaf("127.0.0.1").issue().serverContext();

    public Session {
        replies = List.copyOf(replies);
    }

    /**
     * What answers one line of the client.
     *
     * @param phase what the client is at while it waits for it
     * @param thenTls whether the handshake follows
     */
    public record Reply(Phase phase, String text, boolean thenTls) {

        /** As it goes over the wire. */
        public byte[] bytes(String tag) {
            return text.replace("TAG", tag).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        }
    }

    /** With a login by PLAIN in IMAP and SMTP and by LOGIN in POP3, in plaintext. */
    public static Session plain(Protocol protocol) {
        List<Reply> replies = new ArrayList<>();
        replies.add(greeting(protocol));
        replies.addAll(afterGreeting(protocol));
        return new Session(protocol, TlsMode.NONE, replies);
    }

    /** The same behind STARTTLS. */
    public static Session starttls(Protocol protocol) {
        List<Reply> replies = new ArrayList<>();
        replies.add(greeting(protocol));
        replies.addAll(
                switch (protocol) {
                    case IMAP ->
                        List.of(
                                reply(Phase.CAPABILITIES, "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\nTAG OK\n"),
                                new Reply(Phase.STARTTLS, "TAG OK begin\n", true));
                    case POP3 ->
                        List.of(
                                reply(Phase.CAPABILITIES, "+OK\nSTLS\n.\n"),
                                new Reply(Phase.STARTTLS, "+OK begin\n", true));
                    case SMTP ->
                        List.of(
                                reply(Phase.CAPABILITIES, "250-mail.test\n250 STARTTLS\n"),
                                new Reply(Phase.STARTTLS, "220 begin\n", true));
                });
        replies.addAll(afterGreeting(protocol));
        return new Session(protocol, TlsMode.STARTTLS, replies);
    }

    /** Serves all of it. */
    public void serve(ScriptedServer.Peer peer) throws IOException {
        String tag = serve(peer, replies.size() - 1);
        peer.send(replies.getLast().bytes(tag));
        peer.ignore();
    }

    /** Serves what comes before a reply and awaits the line that it answers; returns that line's tag. */
    public String serve(ScriptedServer.Peer peer, int before) throws IOException {
        String tag = "";
        for (int i = 0; i < before; i++) {
            peer.send(replies.get(i).bytes(tag));
            if (replies.get(i).thenTls()) {
                peer.startTls(TLS);
            }
            String line = peer.hear();
            // The answer to a challenge carries no tag and stands alone.
            tag = line.contains(" ") ? line.split(" ", 2)[0] : tag;
        }
        return tag;
    }

    /** Whether a reply is the farewell, after which nothing can fail any more. */
    public boolean isFarewell(int reply) {
        return reply == replies.size() - 1;
    }

    private static Reply greeting(Protocol protocol) {
        return reply(
                Phase.GREETING,
                switch (protocol) {
                    case IMAP -> "* OK ready\n";
                    case POP3 -> "+OK ready\n";
                    case SMTP -> "220-mail.test\n220 ready\n";
                });
    }

    private static List<Reply> afterGreeting(Protocol protocol) {
        return switch (protocol) {
            case IMAP ->
                List.of(
                        reply(Phase.CAPABILITIES, "* CAPABILITY IMAP4rev1 AUTH=PLAIN\nTAG OK\n"),
                        reply(Phase.LOGIN, "+ \n"),
                        reply(Phase.LOGIN, "TAG OK in\n"),
                        reply(Phase.CAPABILITIES, "* CAPABILITY IMAP4rev1 IDLE\nTAG OK\n"),
                        reply(Phase.READY, "* X {3}\na\nb {2}\ncd\nTAG OK\n"),
                        reply(Phase.READY, "* BYE bye\nTAG OK\n"));
            case POP3 ->
                List.of(
                        reply(Phase.CAPABILITIES, "+OK\nSASL LOGIN\n.\n"),
                        reply(Phase.LOGIN, "+ VXNlcm5hbWU6\n"),
                        reply(Phase.LOGIN, "+ UGFzc3dvcmQ6\n"),
                        reply(Phase.LOGIN, "+OK in\n"),
                        reply(Phase.CAPABILITIES, "+OK\nUIDL\n.\n"),
                        reply(Phase.READY, "+OK\n"),
                        reply(Phase.READY, "+OK bye\n"));
            case SMTP ->
                List.of(
                        reply(Phase.CAPABILITIES, "250-mail.test\n250 AUTH PLAIN\n"),
                        reply(Phase.LOGIN, "235 2.7.0 in\n"),
                        reply(Phase.CAPABILITIES, "250-mail.test\n250 SIZE 1000\n"),
                        reply(Phase.READY, "250 ok\n"),
                        reply(Phase.READY, "221 bye\n"));
        };
    }

    private static Reply reply(Phase phase, String text) {
        return new Reply(phase, text, false);
    }
}
