package org.posthorn.cli;

import org.posthorn.client.CheckOutcome;

/** What the program's end says to a script. */
enum ExitCode {
    WELL(0),
    FAILURE_FOUND(1),
    WRONG_USAGE(2),
    BUG(3),
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static ExitCode of(CheckOutcome outcome) {
        return switch (outcome) {
            case READY, STOPPED -> WELL;
            case FAILED -> FAILURE_FOUND;
            case CANCELLED -> INTERRUPTED;
        };
    }
}
