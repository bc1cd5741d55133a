package org.posthorn.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.posthorn.account.Protocol;

/** What a server may do instead of a reply. Each goes on until the client leaves. */
public enum Misbehaviour {
    SILENT,
    /** A byte now and then, and never the end of the line. */
    DRIP,
    ENDLESS_LINE,
    /** Lines that are all in order and of which none is the last. */
    ENDLESS_LINES,
    GARBAGE,
    ENDLESS_ZEROS,
    HTTP,
    /** A TLS alert in the middle of plaintext, then the end. */
    TLS_ALERT,
    END,
    RESET;

    private static final byte[] ALERT = {0x15, 3, 3, 0, 2, 2, 40};
    private static final int MUCH = 64 * 1024;
    private static final int ENOUGH = 20;

    /**
     * Misbehaves.
     *
     * @param wait lets time pass for the client
     */
    public void act(ScriptedServer.Peer peer, Protocol protocol, Runnable wait) throws IOException {
        switch (this) {
            case SILENT -> stall(peer, wait);
            case DRIP -> drip(peer, wait);
            case ENDLESS_LINE -> flood(peer, "x".repeat(MUCH));
            case ENDLESS_LINES -> flood(peer, innocent(protocol).repeat(1_000));
            case GARBAGE -> {
                peer.send(bytes("\u0001%$\u007f nonsense \u00e4\r\n"));
                peer.ignore();
            }
            case ENDLESS_ZEROS -> flood(peer, "\0".repeat(MUCH));
            case HTTP -> {
                peer.say("HTTP/1.1 400 Bad Request", "Connection: close", "", "<html>");
                peer.end();
            }
            case TLS_ALERT -> {
                peer.send(ALERT);
                peer.end();
            }
            case END -> peer.end();
            case RESET -> peer.reset();
        }
    }

    private static String innocent(Protocol protocol) {
        return switch (protocol) {
            case IMAP -> "* OK still here\r\n";
            case POP3 -> "+OK still here\r\n";
            case SMTP -> "220-still here\r\n";
        };
    }

    private static void stall(ScriptedServer.Peer peer, Runnable wait) throws IOException {
        while (!peer.left()) {
            wait.run();
        }
    }

    private static void drip(ScriptedServer.Peer peer, Runnable wait) throws IOException {
        for (int sent = 0; !peer.left(); sent++) {
            peer.send(bytes("2"));
            if (sent > ENOUGH) {
                wait.run();
            }
        }
    }

    private static void flood(ScriptedServer.Peer peer, String text) throws IOException {
        byte[] bytes = bytes(text);
        while (true) {
            peer.send(bytes);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
