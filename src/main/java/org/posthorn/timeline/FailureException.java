package org.posthorn.timeline;

/** Carries a {@link Failure} from where it happened to the end of its session; it has no message of its own. */
public final class FailureException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public FailureException(Failure failure) {
        super(failure.kind(), null, false, false);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
