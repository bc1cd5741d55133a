package org.posthorn.transport.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.posthorn.account.Field;
import org.posthorn.account.Problem;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;

/** What of chosen cipher suites and groups cannot be carried out: a stack would leave it out without a word. */
final class NarrowedOffer {
    /** Names of the same groups in NIST's and OpenSSL's words. */
    private static final Map<String, String> GROUP_ALIASES =
            Map.of("p256", "secp256r1", "prime256v1", "secp256r1", "p384", "secp384r1", "p521", "secp521r1");

    private final TlsSettings settings;
    private final TlsStack.Offer possible;
    private final List<Problem> found = new ArrayList<>();

    private NarrowedOffer(TlsSettings settings, TlsStack.Offer possible) {
        this.settings = settings;
        this.possible = possible;
    }

    /**
     * All that is wrong.
     *
     * @param possible what the stack can offer that these settings need
     */
    static List<Problem> problems(TlsSettings settings, TlsStack.Offer possible) {
        NarrowedOffer offer = new NarrowedOffer(settings, possible);
        settings.cipherSuites().forEach(offer::checkSuite);
        if (!settings.cipherSuites().isEmpty() && offer.found.isEmpty()) {
            settings.versions().stream().sorted().forEach(offer::checkVersion);
        }
        settings.groups().forEach(offer::checkGroup);
        return offer.found;
    }

    private void checkSuite(String suite) {
        if (!possible.cipherSuites().contains(suite)) {
            add(
                    Field.CIPHER_SUITES,
                    "“" + suite + "” "
                            + registered(suite)
                                    .map(name -> "is called " + name + " here; type that.")
                                    .orElse("cannot be offered here: Java does not know it, or has switched it off;"
                                            + " leave it out."));
        }
    }

    /** OpenSSL writes the same parts without TLS, WITH, the key exchange RSA and the mode CBC. */
    private Optional<String> registered(String typed) {
        return possible.cipherSuites().stream()
                .filter(name -> parts(name).equals(parts(typed)))
                .findFirst();
    }

    private static String parts(String name) {
        return name.toUpperCase(Locale.ROOT)
                .replaceFirst("^TLS_", "")
                .replaceFirst("^RSA_WITH_", "")
                .replace("WITH_", "")
                .replaceAll("[_-]", "")
                .replace("DESCBC3", "3DESEDE")
                .replace("CBC", "")
                .replaceFirst("POLY1305SHA256$", "POLY1305");
    }

    private void checkVersion(TlsVersion version) {
        if (settings.cipherSuites().stream().noneMatch(suite -> fits(suite, version))) {
            add(
                    Field.CIPHER_SUITES,
                    "None of the chosen cipher suites goes with TLS " + version.number()
                            + "; add one that does, or leave that version out.");
        }
    }

    /** TLS 1.3 names no key exchange in its suites (RFC 8446 §B.4), and TLS 1.2 alone has other hashes than SHA-1 (RFC 5246). */
    private static boolean fits(String suite, TlsVersion version) {
        boolean withKeyExchange = suite.contains("_WITH_");
        return switch (version) {
            case TLS_1_3 -> !withKeyExchange;
            case TLS_1_2 -> withKeyExchange;
            case TLS_1_1, TLS_1_0 -> withKeyExchange && suite.endsWith("_SHA");
        };
    }

    private void checkGroup(String group) {
        if (!possible.groups().contains(group)) {
            String plain = group.toLowerCase(Locale.ROOT).replace("-", "");
            String name = GROUP_ALIASES.getOrDefault(plain, plain);
            add(
                    Field.GROUPS,
                    "“" + group + "” "
                            + (possible.groups().contains(name)
                                    ? "is called " + name + " here; type that."
                                    : "cannot be offered here; choose of " + String.join(", ", possible.groups())
                                            + "."));
        }
    }

    private void add(Field field, String sentence) {
        found.add(new Problem(field, Problem.Severity.ERROR, sentence));
    }
}
