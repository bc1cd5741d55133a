package org.posthorn.transport.tls;

import org.posthorn.account.Field;
import org.posthorn.account.Problem;

/** The certificate authorities that an endpoint names cannot be used; the message is a sentence for a person. */
public final class UnusableAuthorities extends Exception {
    private static final long serialVersionUID = 1;

    UnusableAuthorities(String sentence) {
        super(sentence);
    }

    UnusableAuthorities(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** The sentence at the field it belongs to. */
    public Problem problem() {
        return new Problem(Field.TRUST, Problem.Severity.ERROR, String.valueOf(getMessage()));
    }
}
