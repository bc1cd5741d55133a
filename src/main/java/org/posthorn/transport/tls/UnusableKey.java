package org.posthorn.transport.tls;

import org.posthorn.account.Field;
import org.posthorn.account.Problem;

/** A client certificate that cannot be shown, and what to do about it. */
public final class UnusableKey extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    UnusableKey(Field field, String sentence) {
        super(sentence);
        this.problem = new Problem(field, Problem.Severity.ERROR, sentence);
    }

    public Problem problem() {
        return problem;
    }
}
