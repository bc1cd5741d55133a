package org.posthorn.wire;

import java.util.Locale;
import java.util.Map;

/** The registered names of the groups for key exchange (IANA TLS Supported Groups; RFC 8446 §4.2.7, RFC 7919). */
public final class GroupNames {
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(19, "secp192r1"),
            Map.entry(21, "secp224r1"),
            Map.entry(22, "secp256k1"),
            Map.entry(23, "secp256r1"),
            Map.entry(24, "secp384r1"),
            Map.entry(25, "secp521r1"),
            Map.entry(26, "brainpoolP256r1"),
            Map.entry(27, "brainpoolP384r1"),
            Map.entry(28, "brainpoolP512r1"),
            Map.entry(29, "x25519"),
            Map.entry(30, "x448"),
            Map.entry(256, "ffdhe2048"),
            Map.entry(257, "ffdhe3072"),
            Map.entry(258, "ffdhe4096"),
            Map.entry(259, "ffdhe6144"),
            Map.entry(260, "ffdhe8192"),
            Map.entry(512, "MLKEM512"),
            Map.entry(513, "MLKEM768"),
            Map.entry(514, "MLKEM1024"),
            Map.entry(4587, "SecP256r1MLKEM768"),
            Map.entry(4588, "X25519MLKEM768"),
            Map.entry(4589, "SecP384r1MLKEM1024"));

    private GroupNames() {}

    /** The name of a group, or its number like {@code 0x0a0a}. */
    public static String name(int number) {
        String name = NAMES.get(number);
        return name == null ? String.format(Locale.ROOT, "0x%04x", number) : name;
    }
}
