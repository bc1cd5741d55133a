package org.posthorn.desktop.viewmodel.connection;

/**
 * A person is waited for.
 *
 * @param address what to open in a browser
 * @param code what to type there; empty when the browser comes back by itself
 * @param until when the waiting ends, as the clock here shows it
 */
public record SignInCard(String address, String code, String until) {
    /** What to do, in a sentence. */
    public String sentence() {
        return code.isEmpty()
                ? "Sign in in the browser; the test goes on by itself. If no browser has opened, open the address"
                        + " below."
                : "Open the address below on any device and type this code; the test goes on by itself.";
    }
}
