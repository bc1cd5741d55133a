package org.posthorn.account;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One server to reach and how: everything a connection needs to know.
 *
 * @param host name or IP literal as typed; {@link #hostName()} is the form that is used
 * @param port absent means the default of protocol and security, see {@link Protocol#defaultPort}
 * @param allowPlaintext whether {@link TlsMode#AUTO} may end without TLS
 * @param bind local address to connect from; absent lets the system choose
 * @param ehlo the name said in SMTP's EHLO; absent means the local address as a literal (RFC 5321 §4.1.3), which needs no
 *     lookup that could stall
 */
public record Endpoint(
        Protocol protocol,
        String host,
        OptionalInt port,
        TlsMode security,
        boolean allowPlaintext,
        TlsSettings tls,
        Login login,
        Timeouts timeouts,
        Optional<String> bind,
        AddressFamily addressFamily,
        Optional<String> ehlo) {

    /** An endpoint with every setting at its default: either form of TLS, no login. */
    public static Endpoint of(Protocol protocol, String host) {
        return new Endpoint(
                protocol,
                host,
                OptionalInt.empty(),
                TlsMode.ANY_TLS,
                false,
                TlsSettings.defaults(),
                Login.none(),
                Timeouts.defaults(),
                Optional.empty(),
                AddressFamily.ANY,
                Optional.empty());
    }

    /** The host as it is used: outer blanks removed, brackets of an IPv6 literal removed. */
    public String hostName() {
        return HostNames.plain(host);
    }

    /** The port of the first attempt. */
    public int effectivePort() {
        return port.orElse(protocol.defaultPort(security));
    }

    /** What is wrong with these settings, field by field; empty when they can be used. */
    public List<Problem> problems() {
        return EndpointProblems.of(this);
    }

    public Endpoint withProtocol(Protocol chosen) {
        return new Endpoint(
                chosen, host, port, security, allowPlaintext, tls, login, timeouts, bind, addressFamily, ehlo);
    }

    public Endpoint withHost(String typed) {
        return new Endpoint(
                protocol, typed, port, security, allowPlaintext, tls, login, timeouts, bind, addressFamily, ehlo);
    }

    public Endpoint withPort(int typed) {
        return withPort(OptionalInt.of(typed));
    }

    public Endpoint withPort(OptionalInt typed) {
        return new Endpoint(
                protocol, host, typed, security, allowPlaintext, tls, login, timeouts, bind, addressFamily, ehlo);
    }

    public Endpoint withSecurity(TlsMode mode) {
        return new Endpoint(
                protocol, host, port, mode, allowPlaintext, tls, login, timeouts, bind, addressFamily, ehlo);
    }

    public Endpoint withAllowPlaintext(boolean allowed) {
        return new Endpoint(protocol, host, port, security, allowed, tls, login, timeouts, bind, addressFamily, ehlo);
    }

    public Endpoint withTls(TlsSettings settings) {
        return new Endpoint(
                protocol, host, port, security, allowPlaintext, settings, login, timeouts, bind, addressFamily, ehlo);
    }

    public Endpoint withLogin(Login chosen) {
        return new Endpoint(
                protocol, host, port, security, allowPlaintext, tls, chosen, timeouts, bind, addressFamily, ehlo);
    }

    public Endpoint withTimeouts(Timeouts limits) {
        return new Endpoint(
                protocol, host, port, security, allowPlaintext, tls, login, limits, bind, addressFamily, ehlo);
    }

    public Endpoint withBind(Optional<String> address) {
        return new Endpoint(
                protocol, host, port, security, allowPlaintext, tls, login, timeouts, address, addressFamily, ehlo);
    }

    public Endpoint withAddressFamily(AddressFamily family) {
        return new Endpoint(protocol, host, port, security, allowPlaintext, tls, login, timeouts, bind, family, ehlo);
    }

    public Endpoint withEhlo(Optional<String> name) {
        return new Endpoint(
                protocol, host, port, security, allowPlaintext, tls, login, timeouts, bind, addressFamily, name);
    }
}
