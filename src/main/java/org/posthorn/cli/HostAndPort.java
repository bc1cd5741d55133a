package org.posthorn.cli;

import java.util.OptionalInt;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;

/**
 * A server as it is typed.
 *
 * @param port absent for the protocol's default
 */
record HostAndPort(String host, OptionalInt port) {

    /** {@code HOST}, {@code HOST:PORT}, {@code [IPV6]} or {@code [IPV6]:PORT}. */
    static HostAndPort parse(String option, String typed) {
        if (typed.contains("://")) {
            throw new UsageMistake(option + " takes HOST or HOST:PORT, without a scheme such as imaps://; how TLS"
                    + " is come by is said with --security.");
        }
        if (typed.startsWith("[")) {
            int end = typed.indexOf(']');
            String rest = end < 0 ? "" : typed.substring(end + 1);
            if (end < 0 || !(rest.isEmpty() || rest.startsWith(":"))) {
                throw new UsageMistake(option + " takes an IPv6 address as [ADDRESS] or [ADDRESS]:PORT.");
            }
            return new HostAndPort(typed.substring(0, end + 1), port(option, rest));
        }
        int colon = typed.indexOf(':');
        if (colon != typed.lastIndexOf(':')) {
            throw new UsageMistake(option + " takes an IPv6 address in brackets, for example [2001:db8::1]:993.");
        }
        return colon < 0
                ? new HostAndPort(typed, OptionalInt.empty())
                : new HostAndPort(typed.substring(0, colon), port(option, typed.substring(colon)));
    }

    private static OptionalInt port(String option, String colonAndDigits) {
        if (colonAndDigits.isEmpty()) {
            return OptionalInt.empty();
        }
        String digits = colonAndDigits.substring(1);
        if (!digits.matches("\\d{1,9}")) {
            throw new UsageMistake(option + " takes a number from 1 to 65535 as port.");
        }
        return OptionalInt.of(Integer.parseInt(digits));
    }

    Endpoint endpoint(Protocol protocol) {
        return Endpoint.of(protocol, host).withPort(port);
    }
}
