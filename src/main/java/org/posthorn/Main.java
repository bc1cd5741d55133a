package org.posthorn;

/** Starts Posthorn. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.out.println("usage: posthorn COMMAND");
    }
}
