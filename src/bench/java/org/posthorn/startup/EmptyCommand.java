package org.posthorn.startup;

/** What any command costs on a JVM. */
public final class EmptyCommand {

    private EmptyCommand() {}

    public static void main(String[] arguments) {
        System.out.println("done");
    }
}
