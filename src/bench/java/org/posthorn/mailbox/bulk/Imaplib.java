package org.posthorn.mailbox.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Python's imaplib, which does the same over one connection, folder by folder, and uploads message by message. It keeps nothing on
 * disk and writes no log.
 *
 * @param messages how many there are or will be
 * @param text of each, in lines that end with LF
 */
record Imaplib(int port, int messages, String text) {
    /** Says how many seconds it took: its own start does not count. */
    private static final String SCRIPT = """
        import imaplib, sys, time
        port, work, messages, folders = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:]
        text = open(0, "rb").read()
        items = {"survey": "(UID RFC822.SIZE INTERNALDATE FLAGS)", "download": "(UID BODY.PEEK[])"}
        start = time.monotonic()
        imap = imaplib.IMAP4("127.0.0.1", int(port))
        imap.login("carol@mail.test", "secret3")
        done = 0
        if work == "upload":
            imap.create(folders[0])
            while done < messages and imap.append(folders[0], None, None, text)[0] == "OK":
                done += 1
        else:
            for folder in folders:
                done += int(imap.select(folder, readonly=True)[1][0])
                imap.fetch("1:*", items[work])
        imap.logout()
        print(time.monotonic() - start if done == messages else f"{done} of {messages}")
        """;

    /** Returns how long it took, in ms. */
    double run(HeavyWork work, List<String> folders) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "-c", SCRIPT, "" + port, work.word(), "" + messages));
        command.addAll(folders);
        Process python = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = python.getOutputStream()) {
            out.write(text.replace("\n", "\r\n").getBytes(UTF_8));
        }
        String seconds = new String(python.getInputStream().readAllBytes(), UTF_8).strip();
        python.waitFor();
        return Double.parseDouble(seconds) * 1e3;
    }
}
