package org.posthorn.client;

import java.util.List;
import java.util.Optional;
import org.posthorn.account.Secret;
import org.posthorn.timeline.Phase;

/**
 * How far a check goes.
 *
 * @param login whether the endpoint's login is carried out; without it the check is ready after the capabilities
 * @param stopAfter the phase after which the check ends in order; capabilities count as done when nothing but the login
 *     is left
 * @param alsoSecret what must not be shown or handed on, beside the secrets of the endpoint: what opened a vault, for one
 */
public record CheckOptions(boolean login, Optional<Phase> stopAfter, List<Secret> alsoSecret) {
    public CheckOptions {
        alsoSecret = List.copyOf(alsoSecret);
    }

    /** Nothing is hidden but the secrets of the endpoint. */
    public CheckOptions(boolean login, Optional<Phase> stopAfter) {
        this(login, stopAfter, List.of());
    }

    /** The same with these in place of what it hid beside the secrets of the endpoint. */
    public CheckOptions alsoHiding(List<Secret> secrets) {
        return new CheckOptions(login, stopAfter, secrets);
    }

    /** Whether a phase of the login or after it will come about, if all goes well. */
    boolean reaches(Phase phase) {
        return login && stopAfter.filter(last -> last.compareTo(phase) < 0).isEmpty();
    }

    /** With the login, to the end. */
    public static CheckOptions complete() {
        return new CheckOptions(true, Optional.empty());
    }
}
