package org.posthorn.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthorn.testkit.lab.Lab;

/** OpenSSL as the server of one TLS connection, which writes down what it sees of it. */
final class OpensslServer implements AutoCloseable {
    private static final Pattern ACCEPT = Pattern.compile("ACCEPT 127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final BufferedReader output;
    private final int port;

    private OpensslServer(Process process) throws IOException {
        this.process = process;
        this.output = process.inputReader();
        this.port = awaitPort();
    }

    /** With the lab's good certificate, and more options of {@code openssl s_server}. */
    static OpensslServer start(Lab lab, String... options) throws IOException {
        String certificate = lab.certificate("good").toString();
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-naccept",
                "1",
                "-trace",
                "-cert",
                certificate,
                "-cert_chain",
                lab.certificate("intermediate").toString(),
                "-key",
                certificate.replace(".pem", ".key")));
        command.addAll(List.of(options));
        // Its standard error apart: words of it would stand in the middle of a line.
        return new OpensslServer(new ProcessBuilder(command).start());
    }

    private int awaitPort() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher accept = ACCEPT.matcher(line);
            if (accept.matches()) {
                return Integer.parseInt(accept.group(1));
            }
        }
        throw new IOException(
                "openssl does not accept: " + process.errorReader().lines().toList());
    }

    int port() {
        return port;
    }

    /** All that it saw, once the client has left. */
    Seen seen() throws IOException {
        process.getOutputStream().close();
        return new Seen(output.lines().toList());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Its notes. */
    record Seen(List<String> lines) {
        private static final Pattern MESSAGE = Pattern.compile(" {4}(\\w+), Length=(\\d+)");
        private static final Pattern ALERT =
                Pattern.compile(" {4}Level=(\\w+)\\(\\d+\\), description=([\\w ]+)\\(\\d+\\)");

        /** What it tells a client that leaves without a close_notify, which is not there to hear it. */
        private static final String LEFT = "alert fatal decode_error";

        /** The handshake messages and fatal alerts of one direction, the tickets left out. */
        List<String> messages(String direction) {
            List<String> names = new ArrayList<>();
            boolean here = false;
            for (String line : lines) {
                if (line.endsWith(" Record")) {
                    here = line.equals(direction + " Record");
                }
                Matcher message = MESSAGE.matcher(line);
                if (here && message.matches() && !message.group(1).equals("NewSessionTicket")) {
                    names.add(message.group(1));
                }
                Matcher alert = ALERT.matcher(line);
                if (here && alert.matches() && alert.group(1).equals("fatal")) {
                    names.add("alert fatal " + alert.group(2).replace(' ', '_'));
                }
            }
            names.remove(LEFT);
            return names;
        }

        /** The length of the first message of that name. */
        int length(String message) {
            return lines.stream()
                    .map(MESSAGE::matcher)
                    .filter(found -> found.matches() && found.group(1).equals(message))
                    .mapToInt(found -> Integer.parseInt(found.group(2)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + message + " in " + this));
        }

        /** What stands below a title, indented further, in the first message that has it. */
        List<String> below(String title) {
            int at = lines.indexOf(lines.stream()
                    .filter(line -> line.strip().startsWith(title))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + title + " in " + this)));
            int indent = indent(lines.get(at));
            return lines.stream()
                    .skip(at + 1L)
                    .takeWhile(line -> indent(line) > indent)
                    .map(String::strip)
                    .toList();
        }

        private static int indent(String line) {
            return line.length() - line.stripLeading().length();
        }

        @Override
        public String toString() {
            return Stream.concat(Stream.of("OpenSSL saw:"), lines.stream()).collect(Collectors.joining("\n"));
        }
    }
}
