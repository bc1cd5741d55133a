package org.posthorn;

/** Starts Posthorn. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.err.println(
                arguments.length == 0
                        ? "posthorn: this build has no window; give it a command"
                        : "posthorn: no such command: " + arguments[0]);
        System.exit(2);
    }
}
