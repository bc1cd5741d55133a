package org.posthorn;

/** Starts Posthorn. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.err.println("posthorn: no such command: " + String.join(" ", arguments));
        System.exit(2);
    }
}
