package org.posthorn.desktop.viewmodel.connection;

/** How an endpoint stands in this run of the program. */
public enum ConnectionStatus {
    /** Not tested yet. */
    UNTESTED("not tested yet"),
    /** Under way. */
    CONNECTING("connecting"),
    /** The last test went well. */
    OK("ok"),
    /** The last test failed. */
    FAILED("failed"),
    /** The last test was stopped by the person. */
    STOPPED("stopped");

    private final String word;

    ConnectionStatus(String word) {
        this.word = word;
    }

    /** The status in words, beside its mark. */
    public String word() {
        return word;
    }
}
