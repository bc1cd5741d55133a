package org.posthorn.sasl;

import com.ongres.stringprep.Profile;
import com.ongres.stringprep.Stringprep;

/** Names and passwords in the one form in which both sides compare them (RFC 4013). */
final class SaslPrep {
    private static final Profile PROFILE = Stringprep.getProvider("SASLprep");

    private SaslPrep() {}

    /** A text that the profile prohibits is used as it is: whether it is right is for the server to say. */
    static String prepare(String text) {
        try {
            return PROFILE.prepareQuery(text);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }
}
