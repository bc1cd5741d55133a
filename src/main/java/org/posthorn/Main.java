package org.posthorn;

import org.posthorn.cli.Terminal;

/** Starts Posthorn. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length == 0) {
            System.err.println("posthorn: this build has no window; give it a command");
            System.exit(2);
        }
        Terminal terminal = new Terminal(System.in, System.out, System.err, System.getenv());
        // Ctrl-C: the check ends and prints what it knows, then the JVM ends with 130 by itself.
        Runtime.getRuntime().addShutdownHook(new Thread(terminal::interrupt, "posthorn-interrupt"));
        System.exit(terminal.run(arguments));
    }
}
