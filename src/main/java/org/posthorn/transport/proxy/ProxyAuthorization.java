package org.posthorn.transport.proxy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.account.ProxySettings.Credentials;
import org.posthorn.ntlm.NtlmExchange;
import org.posthorn.ntlm.NtlmVersion;

/** An answer to a proxy's 407 in one scheme. */
interface ProxyAuthorization {
    /** The value of the header that the next request carries. */
    String value();

    /** Whether a further 407 belongs to this scheme's own steps and is no refusal. */
    boolean continues(List<String> challenges);

    /** The strongest scheme among the challenges: Digest with SHA-256, Digest with MD5, NTLM in its second version, Basic. */
    static Optional<ProxyAuthorization> choose(List<String> challenges, Credentials login, String authority) {
        Optional<DigestChallenge> digest = challenges.stream()
                .flatMap(challenge -> DigestChallenge.parse(challenge).stream())
                .min((a, b) -> Integer.compare(a.rank(), b.rank()));
        if (digest.isPresent()) {
            return Optional.of(new DigestAuthorization(digest.get(), login, authority, clientNonce()));
        }
        if (challenges.stream().anyMatch(c -> scheme(c).equals("ntlm"))) {
            return Optional.of(new NtlmAuthorization(new NtlmExchange(
                    NtlmVersion.V2,
                    login.user(),
                    login.password(),
                    NtlmExchange.challenge(new SecureRandom()),
                    Clock.systemUTC())));
        }
        return challenges.stream().anyMatch(c -> scheme(c).equals("basic"))
                ? Optional.of(new Basic(login))
                : Optional.empty();
    }

    static String scheme(String challenge) {
        return challenge.split(" ", 2)[0].toLowerCase(Locale.ROOT);
    }

    private static String clientNonce() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Basic (RFC 7617), in UTF-8. */
    record Basic(Credentials login) implements ProxyAuthorization {
        @Override
        public String value() {
            String pair = login.user() + ":" + login.password().reveal();
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public boolean continues(List<String> challenges) {
            return false;
        }
    }
}
