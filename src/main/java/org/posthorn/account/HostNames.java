package org.posthorn.account;

import java.net.IDN;

/** The forms of a host name: as typed, as used, as asked of DNS. */
public final class HostNames {
    private HostNames() {}

    /** The name without outer blanks, a trailing dot or the brackets of an IPv6 literal. */
    public static String plain(String typed) {
        String name = typed.strip();
        if (name.startsWith("[") && name.endsWith("]")) {
            return name.substring(1, name.length() - 1);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** The name in ASCII, for DNS, SNI and certificate comparison (RFC 5891); an IP literal stays as it is. */
    public static String ascii(String plain) {
        if (isIpLiteral(plain)) {
            return plain;
        }
        return IDN.toASCII(plain, IDN.ALLOW_UNASSIGNED);
    }

    public static boolean isIpLiteral(String plain) {
        return isIpv6Literal(plain) || isIpv4Literal(plain);
    }

    public static boolean isIpv6Literal(String plain) {
        return plain.indexOf(':') >= 0;
    }

    private static boolean isIpv4Literal(String plain) {
        return plain.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')) && plain.indexOf('.') >= 0;
    }

    /** Whether DNS could hold such a name: 1 to 253 ASCII characters in labels of 1 to 63 (RFC 1035 §2.3.4). */
    static boolean isUsable(String plain) {
        if (plain.isEmpty() || isIpv6Literal(plain)) {
            return isIpv6Usable(plain);
        }
        try {
            String ascii = ascii(plain);
            return ascii.length() <= 253 && labelsAreUsable(ascii);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isIpv6Usable(String plain) {
        return !plain.isEmpty()
                && plain.chars().allMatch(c -> c == ':' || c == '.' || c == '%' || Character.isLetterOrDigit(c));
    }

    private static boolean labelsAreUsable(String ascii) {
        for (String label : ascii.split("\\.", -1)) {
            boolean characters = label.chars().allMatch(c -> c == '-' || c == '_' || Character.isLetterOrDigit(c));
            if (label.isEmpty() || label.length() > 63 || !characters) {
                return false;
            }
        }
        return true;
    }
}
