package org.posthorn.oauth;

import java.security.SecureRandom;

/** What the flows need of the machine they run on, beside its network. */
public record Machine(Browser browser, Pause pause, SecureRandom random) {

    /** This machine, with a way to show pages. */
    public static Machine with(Browser browser) {
        return new Machine(browser, Pause.real(), new SecureRandom());
    }
}
