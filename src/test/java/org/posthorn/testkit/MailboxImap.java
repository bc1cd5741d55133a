package org.posthorn.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An IMAP server with folders and messages for any number of connections, all of which are logged in already. It can be made
 * to end a connection at any command, before or after that was carried out, or in the middle of the answer.
 */
public final class MailboxImap implements ScriptedServer.Script {
    private static final Pattern APPEND = Pattern.compile(
            "APPEND \"([^\"]*)\" (?:\\(([^)]*)\\) )?(?:\"([^\"]*)\" )?\\{(\\d+)(\\+?)}", Pattern.CASE_INSENSITIVE);

    private final Map<String, List<Message>> folders = new LinkedHashMap<>();
    private final Map<String, Long> validity = new LinkedHashMap<>();
    private final Map<String, Long> next = new LinkedHashMap<>();
    private final AtomicInteger commands = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private String capabilities = "UIDPLUS LITERAL+";
    private int limit = Integer.MAX_VALUE;
    private Trap trap = (_, _) -> Fate.WELL;
    private String unwanted = "";
    private String refusal = "";
    private long appendLimit;
    private int most;
    private int refusals;

    /** A message of a folder. */
    public record Message(long uid, String flags, String date, String text) {
        /** Its Message-ID; empty without one. */
        public String id() {
            return text.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("message-id:"))
                    .map(line -> line.substring(11).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** What becomes of a command. */
    public enum Fate {
        WELL,
        /** The connection ends before anything is done. */
        LOST,
        /** It is carried out, and the connection ends before the answer. */
        DONE_AND_LOST,
        /** The connection ends in the middle of the answer. */
        HALF_ANSWERED,
        /** The server takes its leave. */
        BYE
    }

    /** Decides about a command, given as it came without its tag, and its number among all. */
    @FunctionalInterface
    public interface Trap {
        Fate of(String command, int number);
    }

    /** With messages whose UIDs begin at 1, each a step after the other. */
    public MailboxImap folder(String name, int messages, int step) {
        List<Message> all = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            all.add(new Message(
                    1 + (long) i * step,
                    i % 3 == 0 ? "\\Seen" : "",
                    String.format(Locale.ROOT, "%02d-Mar-2024 10:00:%02d +0000", 1 + i % 28, i % 60),
                    text(name, i)));
        }
        return folder(name, all);
    }

    private static String text(String folder, int number) {
        return "Message-ID: <" + folder.replace(' ', '.') + "." + number + "@x.test>\r\nSubject: " + number
                + "\r\n\r\nFrom here\r\n>From there\r\n.\r\n" + "x".repeat(number % 50) + "\r\n";
    }

    public synchronized MailboxImap folder(String name, List<Message> messages) {
        folders.put(name, new ArrayList<>(messages));
        validity.put(name, 77L);
        next.put(name, messages.stream().mapToLong(Message::uid).max().orElse(0) + 1);
        return this;
    }

    public MailboxImap announcing(String more) {
        capabilities = more;
        return this;
    }

    /** Refuses every connection beyond so many. */
    public MailboxImap limitedTo(int connections) {
        limit = connections;
        return this;
    }

    public MailboxImap trapping(Trap chosen) {
        trap = chosen;
        return this;
    }

    /** Answers so the APPEND of a message that has these words in it; TAG stands for the tag. An empty one ends that. */
    public synchronized MailboxImap refusing(String words, String answer) {
        unwanted = words;
        refusal = answer;
        return this;
    }

    /** Tells of such a limit when it is asked for it. */
    public MailboxImap appendLimit(long bytes) {
        appendLimit = bytes;
        return this;
    }

    public synchronized void remove(String folder) {
        folders.remove(folder);
    }

    public synchronized void renumber(String folder) {
        validity.merge(folder, 1L, Long::sum);
    }

    public synchronized List<Message> messages(String folder) {
        return List.copyOf(folders.getOrDefault(folder, List.of()));
    }

    /** The Message-IDs of a folder, sorted. */
    public List<String> ids(String folder) {
        return messages(folder).stream().map(Message::id).sorted().toList();
    }

    public int commands() {
        return commands.get();
    }

    /** The most connections that there were at the same time. */
    public synchronized int most() {
        return most;
    }

    private synchronized void count(int now) {
        most = Math.max(most, now);
    }

    private synchronized void refuse() {
        refusals++;
        notifyAll();
    }

    /** Returns when so many connections were refused. */
    public synchronized void awaitRefusals(int count) {
        try {
            while (refusals < count) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void run(ScriptedServer.Peer peer) throws IOException {
        int now = open.incrementAndGet();
        try {
            if (now > limit) {
                refuse();
                peer.say("* BYE [LIMIT] Maximum number of connections from user+IP exceeded");
                return;
            }
            count(now);
            peer.say("* PREAUTH [CAPABILITY IMAP4rev1 " + capabilities + "] hello");
            new Conversation(peer).run();
        } finally {
            open.decrementAndGet();
        }
    }

    private static final class Gone extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final class Conversation {
        private final ScriptedServer.Peer peer;
        private String selected = "";

        Conversation(ScriptedServer.Peer peer) {
            this.peer = peer;
        }

        void run() throws IOException {
            boolean goesOn = true;
            while (goesOn) {
                String[] line = peer.hear().split(" ", 2);
                goesOn = command(line[0], line[1]);
            }
        }

        private boolean command(String tag, String command) throws IOException {
            if (command.equals("NOOP") || command.equals("CAPABILITY")) {
                peer.say(tag + " OK");
                return true;
            }
            if (command.equals("LOGOUT")) {
                peer.say("* BYE", tag + " OK");
                return false;
            }
            Fate fate = trap.of(command, commands.incrementAndGet());
            if (fate == Fate.BYE) {
                peer.say("* BYE going down");
            }
            if (fate == Fate.LOST || fate == Fate.BYE) {
                throw new Gone();
            }
            List<String> answer = carriedOut(tag, command, fate);
            if (fate == Fate.DONE_AND_LOST) {
                throw new Gone();
            }
            byte[] bytes = (String.join("\r\n", answer) + "\r\n").getBytes(ISO_8859_1);
            if (fate == Fate.HALF_ANSWERED) {
                peer.send(Arrays.copyOf(bytes, bytes.length / 2));
                throw new Gone();
            }
            peer.send(bytes);
            return true;
        }

        private List<String> carriedOut(String tag, String command, Fate fate) throws IOException {
            String[] words = command.split(" ", 2);
            List<String> answer = new ArrayList<>();
            String end = tag + " OK done";
            switch (words[0]) {
                case "LIST" -> answer.addAll(list());
                case "EXAMINE", "SELECT" -> {
                    answer.addAll(examine(words[1].replace("\"", "")));
                    end = answer.isEmpty() ? tag + " NO there is no such folder" : end;
                }
                case "STATUS" -> answer.addAll(status(words[1].replaceFirst("\"([^\"]*)\".*", "$1")));
                case "FETCH" -> answer.addAll(byNumber(words[1].split(" ", 2)[0]));
                case "CREATE" -> folder(words[1].replace("\"", ""), List.of());
                case "APPEND" -> end = append(tag, command, fate);
                case "UID" -> answer.addAll(uid(words[1].split(" ", 3)));
                default -> end = tag + " BAD what?";
            }
            if (end.isEmpty()) {
                return List.of("* OK");
            }
            answer.add(end);
            return answer;
        }

        private List<String> list() {
            synchronized (MailboxImap.this) {
                return Stream.concat(
                                Stream.of("* LIST (\\Noselect) \"/\" nothing"),
                                folders.keySet().stream().map(name -> "* LIST () \"/\" \"" + name + "\""))
                        .toList();
            }
        }

        private List<String> examine(String name) {
            selected = name;
            synchronized (MailboxImap.this) {
                if (!folders.containsKey(name)) {
                    return List.of();
                }
                return List.of(
                        "* " + messages(name).size() + " EXISTS",
                        "* OK [UIDVALIDITY " + validity.get(name) + "] valid",
                        "* OK [PERMANENTFLAGS (\\Seen \\*)] flags",
                        "* OK [UIDNEXT " + next.get(name) + "] next");
            }
        }

        private List<String> status(String name) {
            synchronized (MailboxImap.this) {
                return folders.containsKey(name)
                        ? List.of("* STATUS \"" + name + "\" (UIDNEXT " + next.get(name) + " UIDVALIDITY "
                                + validity.get(name) + " APPENDLIMIT " + appendLimit + ")")
                        : List.of();
            }
        }

        private List<String> byNumber(String set) {
            List<Message> all = messages(selected);
            return Stream.of(set.split(",", -1))
                    .map(Integer::parseInt)
                    .map(number ->
                            "* " + number + " FETCH (UID " + all.get(number - 1).uid() + ")")
                    .toList();
        }

        private List<String> uid(String[] words) {
            return words[0].equals("SEARCH") ? search(words[1] + " " + words[2]) : fetch(words[1], words[2]);
        }

        private List<String> search(String keys) {
            Predicate<Message> fits = message -> true;
            Matcher uid = Pattern.compile("UID (\\S+)").matcher(keys);
            if (uid.find()) {
                fits = fits.and(in(uid.group(1)));
            }
            Matcher header = Pattern.compile("HEADER Message-ID \"([^\"]*)\"").matcher(keys);
            if (header.find()) {
                String id = header.group(1);
                fits = fits.and(message -> message.id().contains(id));
            }
            Matcher size = Pattern.compile("LARGER (\\d+) SMALLER (\\d+)").matcher(keys);
            if (size.find()) {
                long over = Long.parseLong(size.group(1));
                long under = Long.parseLong(size.group(2));
                fits = fits.and(message ->
                        message.text().length() > over && message.text().length() < under);
            }
            String found = messages(selected).stream()
                    .filter(fits)
                    .map(message -> " " + message.uid())
                    .reduce("", String::concat);
            return List.of("* SEARCH" + found);
        }

        private static Predicate<Message> in(String set) {
            return message -> Stream.of(set.split(",", -1)).anyMatch(part -> {
                String[] ends = part.split(":", -1);
                long from = Long.parseLong(ends[0]);
                long to = ends.length == 1 ? from : ends[1].equals("*") ? Long.MAX_VALUE : Long.parseLong(ends[1]);
                return message.uid() >= from && message.uid() <= to;
            });
        }

        private List<String> fetch(String set, String items) {
            List<String> answer = new ArrayList<>();
            List<Message> all = messages(selected);
            boolean whole = items.matches(".*BODY\\.PEEK\\[](?!<).*");
            Matcher head = Pattern.compile("BODY\\.PEEK\\[]<0\\.(\\d+)>").matcher(items);
            boolean partial = head.find();
            for (int i = 0; i < all.size(); i++) {
                Message message = all.get(i);
                if (in(set).test(message)) {
                    String shown = "UID " + message.uid();
                    shown += items.contains("FLAGS") ? " FLAGS (" + message.flags() + ")" : "";
                    shown += items.contains("INTERNALDATE") ? " INTERNALDATE \"" + message.date() + "\"" : "";
                    int size = message.text().getBytes(ISO_8859_1).length;
                    shown += items.contains("RFC822.SIZE") ? " RFC822.SIZE " + size : "";
                    shown += whole ? " BODY[] {" + size + "}\r\n" + message.text() : "";
                    if (partial) {
                        int length = Math.min(Integer.parseInt(head.group(1)), size);
                        shown += " BODY[]<0> {" + length + "}\r\n"
                                + message.text().substring(0, length);
                    }
                    answer.add("* " + (i + 1) + " FETCH (" + shown + ")");
                    // As when another client changes flags at this moment.
                    answer.add("* " + (i + 1) + " FETCH (FLAGS (" + message.flags() + ") UID " + message.uid() + ")");
                }
            }
            return answer;
        }

        private String append(String tag, String command, Fate fate) throws IOException {
            Matcher parts = APPEND.matcher(command);
            if (!parts.matches()) {
                return tag + " BAD no append";
            }
            boolean waits = parts.group(5).isEmpty();
            boolean exists = folders.containsKey(parts.group(1));
            if (waits && !exists) {
                return tag + " NO [TRYCREATE] no such folder";
            }
            if (waits) {
                peer.say("+ go on");
            }
            int size = Integer.parseInt(parts.group(4));
            if (fate == Fate.HALF_ANSWERED) {
                peer.bytes(size / 2);
                throw new Gone();
            }
            String text = new String(peer.bytes(size), ISO_8859_1);
            peer.hear();
            if (!exists) {
                return tag + " NO [TRYCREATE] no such folder";
            }
            synchronized (MailboxImap.this) {
                if (!refusal.isEmpty() && text.contains(unwanted)) {
                    return refusal.replace("TAG", tag);
                }
                long uid = next.getOrDefault(parts.group(1), 1L);
                next.put(parts.group(1), uid + 1);
                Optional.ofNullable(folders.get(parts.group(1)))
                        .orElseThrow(Gone::new)
                        .add(new Message(
                                uid,
                                Optional.ofNullable(parts.group(2)).orElse(""),
                                Optional.ofNullable(parts.group(3)).orElse(""),
                                text));
                String code = capabilities.contains("UIDPLUS")
                        ? "[APPENDUID " + validity.get(parts.group(1)) + " " + uid + "] "
                        : "";
                return tag + " OK " + code + "appended";
            }
        }
    }
}
