package org.posthorn.desktop.viewmodel.connection;

/** How a phase stands on the rail. */
public enum NodeState {
    /** Not reached. */
    WAITING("waiting"),
    RUNNING("running"),
    OK("ok"),
    FAILED("failed"),
    SKIPPED("skipped"),
    /** Under way when the person stopped it. */
    CANCELLED("stopped");

    private final String word;

    NodeState(String word) {
        this.word = word;
    }

    /** The state in a word, for those who see no colour. */
    public String word() {
        return word;
    }
}
