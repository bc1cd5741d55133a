package org.posthorn.account;

import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The forms of a host name: as typed, as used, as asked of DNS. */
public final class HostNames {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
    /** A name that ends so would be read as an address in a form that hardly anybody means. */
    private static final Pattern NUMBER_AT_THE_END = Pattern.compile("(?:.*\\.)?\\d+");

    private static final Pattern ZEROS = Pattern.compile("\\b0(?::0)+\\b");

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
        return IPV4.matcher(plain).matches();
    }

    /** Whether DNS could hold such a name: 1 to 253 ASCII characters in labels of 1 to 63 (RFC 1035 §2.3.4). */
    static boolean isUsable(String plain) {
        if (plain.isEmpty() || isIpv6Literal(plain)) {
            return isIpv6Usable(plain);
        }
        if (isIpv4Literal(plain)) {
            return Arrays.stream(plain.split("\\.", -1)).allMatch(part -> Integer.parseInt(part) < 256);
        }
        if (NUMBER_AT_THE_END.matcher(plain).matches()) {
            return false;
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

    /** An address as people write it: IPv6 in the short form of RFC 5952 §4. */
    public static String text(InetAddress address) {
        String full = address.getHostAddress();
        if (!(address instanceof Inet6Address)) {
            return full;
        }
        int zone = full.indexOf('%');
        String groups = zone < 0 ? full : full.substring(0, zone);
        return shortened(groups) + (zone < 0 ? "" : full.substring(zone));
    }

    /** Of equally long runs the first is shortened; one group of zero alone is not. */
    private static String shortened(String groups) {
        return ZEROS.matcher(groups)
                .results()
                .reduce((best, run) -> run.group().length() > best.group().length() ? run : best)
                .map(run -> shortened(groups, run.start(), run.end()))
                .orElse(groups);
    }

    private static String shortened(String groups, int start, int end) {
        String before = start == 0 ? "" : groups.substring(0, start - 1);
        String after = end == groups.length() ? "" : groups.substring(end + 1);
        return before + "::" + after;
    }
}
