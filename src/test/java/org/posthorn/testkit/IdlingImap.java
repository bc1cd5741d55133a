package org.posthorn.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** An IMAP server with one folder that changes while clients look: it tells those that idle at once, others with their next reply. */
public final class IdlingImap implements ScriptedServer.Script {
    private final List<Mail> mails = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final Set<Conversation> conversations = new LinkedHashSet<>();
    private final String capabilities;
    private UnaryOperator<String> greeting = UnaryOperator.identity();
    private long validity = 9;
    private long next = 1;
    private int idles;

    private record Mail(long uid, String headers) {}

    private record Answer(String command, String reply) {}

    /** With the capabilities beside IMAP4rev1. */
    public IdlingImap(String capabilities) {
        this.capabilities = capabilities;
    }

    /** Greets in another way from now on. */
    public synchronized void greeting(UnaryOperator<String> change) {
        greeting = change;
    }

    /** The next command that begins so is answered so, without being carried out; answers of one command wait in their order. */
    public synchronized void answer(String command, String... replies) {
        for (String reply : replies) {
            answers.add(new Answer(command, reply));
        }
    }

    private synchronized Optional<String> nextAnswer(String command) {
        Optional<Answer> next = answers.stream()
                .filter(answer -> command.startsWith(answer.command()))
                .findFirst();
        next.ifPresent(answers::remove);
        return next.map(Answer::reply);
    }

    /** A message with that subject comes in. */
    public synchronized void deliver(String subject) throws IOException {
        mails.add(new Mail(
                next,
                "From: Bob <bob@x.test>\r\nSubject: " + subject + "\r\nMessage-ID: <" + next + "@x.test>\r\n\r\n"));
        next++;
        tellIdling();
    }

    /** The first message is removed. */
    public synchronized void removeFirst() throws IOException {
        mails.removeFirst();
        for (Conversation each : conversations) {
            each.removed++;
        }
        tellIdling();
    }

    public synchronized void renumber() {
        validity++;
    }

    /** Returns once so many IDLE commands have begun. */
    public synchronized void awaitIdles(int count) throws InterruptedException {
        while (idles < count) {
            wait();
        }
    }

    /** Ends the connections there are. */
    public synchronized void cut() throws IOException {
        for (Conversation each : conversations) {
            each.idle = false;
            each.peer.cut();
        }
    }

    private void tellIdling() throws IOException {
        for (Conversation each : conversations) {
            if (each.idle) {
                each.peer.say(each.changes().toArray(String[]::new));
            }
        }
    }

    @Override
    public void run(ScriptedServer.Peer peer) throws IOException {
        Conversation conversation = new Conversation(peer);
        synchronized (this) {
            conversations.add(conversation);
        }
        try {
            peer.say(greeting.apply("* PREAUTH [CAPABILITY IMAP4rev1 " + capabilities + "] hello"));
            conversation.run();
        } finally {
            synchronized (this) {
                conversations.remove(conversation);
            }
        }
    }

    private final class Conversation {
        private final ScriptedServer.Peer peer;
        private boolean idle;
        private int told;
        private int removed;

        Conversation(ScriptedServer.Peer peer) {
            this.peer = peer;
        }

        void run() throws IOException {
            for (String[] line = peer.hear().split(" ", 2); ; line = peer.hear().split(" ", 2)) {
                Optional<String> given = nextAnswer(line[1]);
                if (given.isPresent()) {
                    peer.say(line[0] + " " + given.get());
                } else if (line[1].equals("IDLE")) {
                    idle(line[0]);
                } else {
                    List<String> answer = answer(line[1]);
                    answer.add(line[0] + " OK done");
                    peer.say(answer.toArray(String[]::new));
                    if (line[1].equals("LOGOUT")) {
                        return;
                    }
                }
            }
        }

        private void idle(String tag) throws IOException {
            synchronized (IdlingImap.this) {
                List<String> first = new ArrayList<>(List.of("+ idling", "* OK Still here"));
                first.addAll(changes());
                peer.say(first.toArray(String[]::new));
                idle = true;
                idles++;
                IdlingImap.this.notifyAll();
            }
            peer.hear();
            synchronized (IdlingImap.this) {
                idle = false;
                peer.say(tag + " OK idled");
            }
        }

        private List<String> answer(String command) {
            synchronized (IdlingImap.this) {
                List<String> answer = new ArrayList<>();
                if (command.startsWith("EXAMINE")) {
                    told = mails.size();
                    removed = 0;
                    answer.add("* " + told + " EXISTS");
                    answer.add("* OK [UIDVALIDITY " + validity + "] valid");
                    answer.add("* OK [UIDNEXT " + next + "] next");
                } else if (command.startsWith("UID SEARCH UID ")) {
                    long from = Long.parseLong(command.replaceAll(".* (\\d+):\\*", "$1"));
                    answer.add("* SEARCH" + found(from));
                } else if (command.startsWith("UID FETCH ")) {
                    answer.addAll(fetched(List.of(command.split(" ", 4)[2].split(",", -1))));
                }
                answer.addAll(changes());
                return answer;
            }
        }

        /** The star means the last message, also where that lies before the range. */
        private String found(long from) {
            StringBuilder uids = new StringBuilder();
            for (Mail mail : mails) {
                if (mail.uid() >= from || mail.equals(mails.getLast())) {
                    uids.append(' ').append(mail.uid());
                }
            }
            return uids.toString();
        }

        private List<String> fetched(List<String> uids) {
            List<String> answer = new ArrayList<>();
            for (int i = 0; i < mails.size(); i++) {
                Mail mail = mails.get(i);
                if (uids.contains(Long.toString(mail.uid()))) {
                    answer.add("* " + (i + 1) + " FETCH (UID " + mail.uid() + " RFC822.SIZE "
                            + mail.headers().length()
                            + " INTERNALDATE \"01-Mar-2026 10:00:00 +0000\""
                            + " BODY[HEADER.FIELDS (\"FROM\" \"SUBJECT\" \"MESSAGE-ID\")] {"
                            + mail.headers().length() + "}\r\n" + mail.headers() + ")");
                }
            }
            return answer;
        }

        /** What it has not been told yet. */
        private List<String> changes() {
            List<String> lines = new ArrayList<>();
            for (; removed > 0; removed--) {
                lines.add("* 1 EXPUNGE");
                told--;
            }
            if (told != mails.size()) {
                told = mails.size();
                lines.add("* " + told + " EXISTS");
            }
            return lines;
        }
    }
}
