package org.posthorn.desktop.viewmodel.connection;

import java.util.List;

/**
 * What is known of the access token.
 *
 * @param form whether it can be read
 * @param facts what it says of itself, names and values by turns
 * @param mismatches what does not go with the settings, a sentence each
 * @param renewable whether a provider can be asked for another
 */
public record TokenCard(String form, List<Fact> facts, List<String> mismatches, boolean renewable) {
    public TokenCard {
        facts = List.copyOf(facts);
        mismatches = List.copyOf(mismatches);
    }

    /** One thing that a token says. */
    public record Fact(String name, String value) {}
}
