package org.posthorn;

import org.posthorn.cli.Terminal;
import org.posthorn.desktop.Desktop;
import org.posthorn.desktop.DisplayMissing;

/** Starts Posthorn. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length == 0) {
            System.exit(window());
        }
        Terminal terminal = new Terminal(System.in, System.out, System.err, System.getenv());
        // Ctrl-C: the check ends and prints what it knows, then the JVM ends with 130 by itself.
        Runtime.getRuntime().addShutdownHook(new Thread(terminal::interrupt, "posthorn-interrupt"));
        System.exit(terminal.run(arguments));
    }

    private static int window() {
        try {
            Desktop.open(System.getenv());
            return 0;
        } catch (DisplayMissing _) {
            System.err.println("posthorn: this session has no display to show the window on; "
                    + "“posthorn check” and “posthorn demo” work in the terminal");
            return 2;
        }
    }
}
