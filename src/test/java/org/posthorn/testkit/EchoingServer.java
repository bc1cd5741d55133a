package org.posthorn.testkit;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.account.Protocol;

/**
 * A server that takes any login and, at one place, says what it should not: it repeats a text.
 *
 * @param initialResponse whether IMAP announces SASL-IR
 */
public record EchoingServer(Protocol protocol, boolean initialResponse, Place place, String echo) {
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)}$");

    /** Where it repeats it. */
    public enum Place {
        NOWHERE,
        GREETING,
        CAPABILITIES,
        CHALLENGE,
        ACCEPTANCE,
        REJECTION,
        /** As the name of a response code. */
        REJECTION_CODE,
        /** A line that is no reply, in the middle of the login. */
        VIOLATION,
        CAPABILITIES_AFTER_LOGIN,
        NOOP,
        /** The server's leave in answer to NOOP. */
        LEAVE
    }

    public void serve(ScriptedServer.Peer peer) throws IOException {
        peer.say(
                switch (protocol) {
                    case IMAP -> "* OK ready" + at(Place.GREETING);
                    case POP3 -> "+OK ready <1896.697170952@mail.test>" + at(Place.GREETING);
                    case SMTP -> "220 ready" + at(Place.GREETING);
                });
        boolean authenticated = false;
        while (true) {
            String line = peer.hear();
            String tag = protocol == Protocol.IMAP ? line.split(" ", 2)[0] + " " : "";
            List<String> words = List.of(line.substring(tag.length()).split(" ", -1));
            switch (words.getFirst().toUpperCase(Locale.ROOT)) {
                case "CAPABILITY", "CAPA", "EHLO" -> capabilities(peer, tag, authenticated);
                case "AUTHENTICATE", "AUTH" -> {
                    sasl(peer, words);
                    decide(peer, tag);
                    authenticated = true;
                }
                case "LOGIN" -> {
                    literals(peer, line);
                    decide(peer, tag);
                    authenticated = true;
                }
                case "USER" -> peer.say("+OK");
                case "PASS", "APOP" -> {
                    decide(peer, tag);
                    authenticated = true;
                }
                case "NOOP" -> noop(peer, tag);
                default -> peer.say(positive(tag));
            }
        }
    }

    private void capabilities(ScriptedServer.Peer peer, String tag, boolean authenticated) throws IOException {
        String more = at(authenticated ? Place.CAPABILITIES_AFTER_LOGIN : Place.CAPABILITIES);
        switch (protocol) {
            case IMAP -> {
                String initial = initialResponse ? " SASL-IR" : "";
                peer.say("* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=LOGIN" + initial + more, tag + "OK");
            }
            case POP3 -> peer.say("+OK", "USER", "SASL PLAIN LOGIN" + more, "X" + more, ".");
            case SMTP -> peer.say("250-mail.test", "250-X" + more, "250 AUTH PLAIN LOGIN" + more);
        }
    }

    private void sasl(ScriptedServer.Peer peer, List<String> words) throws IOException {
        int answers = words.get(1).equals("LOGIN") ? 2 : 1;
        for (int given = words.size() - 2; given < answers; given++) {
            String challenge = place == Place.CHALLENGE ? echo.split(" ", 2)[0] : "";
            peer.say((protocol == Protocol.SMTP ? "334 " : "+ ") + challenge);
            if (peer.hear().equals("*")) {
                return;
            }
        }
    }

    private static void literals(ScriptedServer.Peer peer, String command) throws IOException {
        Matcher literal = LITERAL.matcher(command);
        while (literal.find()) {
            peer.say("+ go on");
            peer.hear(Integer.parseInt(literal.group(1)));
            literal = LITERAL.matcher(peer.hear());
        }
    }

    private void decide(ScriptedServer.Peer peer, String tag) throws IOException {
        switch (place) {
            case REJECTION -> peer.say(negative(tag) + " no" + at(Place.REJECTION));
            case REJECTION_CODE -> peer.say(negative(tag) + " [" + echo.strip() + "] no");
            case VIOLATION -> peer.say("?" + at(Place.VIOLATION));
            case NOWHERE, GREETING, CAPABILITIES, CHALLENGE, ACCEPTANCE, CAPABILITIES_AFTER_LOGIN, NOOP, LEAVE ->
                peer.say(positive(tag) + at(Place.ACCEPTANCE));
        }
    }

    private void noop(ScriptedServer.Peer peer, String tag) throws IOException {
        switch (place) {
            case NOOP -> peer.say(negative(tag) + at(Place.NOOP));
            case LEAVE -> {
                peer.say(
                        switch (protocol) {
                            case IMAP -> "* BYE" + at(Place.LEAVE);
                            case POP3 -> "?" + at(Place.LEAVE);
                            case SMTP -> "421" + at(Place.LEAVE);
                        });
                peer.end();
            }
            default -> peer.say(positive(tag));
        }
    }

    private String positive(String tag) {
        return switch (protocol) {
            case IMAP -> tag + "OK done";
            case POP3 -> "+OK done";
            case SMTP -> "250 done";
        };
    }

    private String negative(String tag) {
        return switch (protocol) {
            case IMAP -> tag + "NO";
            case POP3 -> "-ERR";
            case SMTP -> "535";
        };
    }

    private String at(Place asked) {
        return place == asked ? " " + echo : "";
    }
}
