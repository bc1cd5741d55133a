package org.posthorn.testkit;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** An IMAP server to which every client is logged in already; it answers any number of commands on any number of connections. */
public final class OpenImap implements ScriptedServer.Script {
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger farewells = new AtomicInteger();
    private int noops;

    @Override
    public void run(ScriptedServer.Peer peer) throws IOException {
        open.incrementAndGet();
        try {
            peer.say("* PREAUTH [CAPABILITY IMAP4rev1 IDLE] welcome");
            String[] words;
            do {
                words = peer.hear().split(" ", 2);
                answer(peer, words);
            } while (!words[1].equals("LOGOUT"));
        } finally {
            open.decrementAndGet();
        }
    }

    private void answer(ScriptedServer.Peer peer, String[] words) throws IOException {
        switch (words[1]) {
            case "CAPABILITY" -> peer.say("* CAPABILITY IMAP4rev1 IDLE", words[0] + " OK");
            case "LOGOUT" -> {
                farewells.incrementAndGet();
                peer.say("* BYE bye", words[0] + " OK");
            }
            default -> {
                count();
                peer.say(words[0] + " OK");
            }
        }
    }

    /** Connections that have begun and not ended. */
    public int open() {
        return open.get();
    }

    /** Connections that ended by LOGOUT. */
    public int farewells() {
        return farewells.get();
    }

    public synchronized int noops() {
        return noops;
    }

    /** Returns when so many have come since the server began. */
    public synchronized void awaitNoops(int count) throws InterruptedException {
        while (noops < count) {
            wait();
        }
    }

    private synchronized void count() {
        noops++;
        notifyAll();
    }
}
