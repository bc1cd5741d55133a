package org.posthorn.account;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One server to reach and how: everything a connection needs to know.
 *
 * @param host name or IP literal as typed; {@link #hostName()} is the form that is used
 * @param port absent means the default of protocol and security, see {@link Protocol#defaultPort}
 * @param allowPlaintext whether {@link TlsMode#AUTO} may end without TLS
 * @param bind local address to connect from; absent lets the system choose
 * @param ehlo the name said in SMTP's EHLO; absent means the local address as a literal (RFC 5321 §4.1.3), which needs no
 *     lookup that could stall
 * @param proxy what lies between; absent means the server is dialled itself
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
        Optional<String> ehlo,
        Optional<ProxySettings> proxy) {

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
                Optional.empty(),
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

    /** What must never be shown: the password, the proxy's, and that of a key. */
    public List<Secret> secrets() {
        Stream<Secret> proxys = proxy.flatMap(ProxySettings::login).map(ProxySettings.Credentials::password).stream();
        return Stream.of(login.secrets().stream(), proxys, tls.secrets().stream())
                .flatMap(secrets -> secrets)
                .toList();
    }

    public Endpoint withProtocol(Protocol chosen) {
        return new Endpoint(
                chosen, host, port, security, allowPlaintext, tls, login, timeouts, bind, addressFamily, ehlo, proxy);
    }

    public Endpoint withHost(String typed) {
        return new Endpoint(
                protocol,
                typed,
                port,
                security,
                allowPlaintext,
                tls,
                login,
                timeouts,
                bind,
                addressFamily,
                ehlo,
                proxy);
    }

    public Endpoint withPort(int typed) {
        return withPort(OptionalInt.of(typed));
    }

    public Endpoint withPort(OptionalInt typed) {
        return new Endpoint(
                protocol,
                host,
                typed,
                security,
                allowPlaintext,
                tls,
                login,
                timeouts,
                bind,
                addressFamily,
                ehlo,
                proxy);
    }

    public Endpoint withSecurity(TlsMode mode) {
        return new Endpoint(
                protocol, host, port, mode, allowPlaintext, tls, login, timeouts, bind, addressFamily, ehlo, proxy);
    }

    public Endpoint withAllowPlaintext(boolean allowed) {
        return new Endpoint(
                protocol, host, port, security, allowed, tls, login, timeouts, bind, addressFamily, ehlo, proxy);
    }

    public Endpoint withTls(TlsSettings settings) {
        return new Endpoint(
                protocol,
                host,
                port,
                security,
                allowPlaintext,
                settings,
                login,
                timeouts,
                bind,
                addressFamily,
                ehlo,
                proxy);
    }

    public Endpoint withLogin(Login chosen) {
        return new Endpoint(
                protocol,
                host,
                port,
                security,
                allowPlaintext,
                tls,
                chosen,
                timeouts,
                bind,
                addressFamily,
                ehlo,
                proxy);
    }

    public Endpoint withTimeouts(Timeouts limits) {
        return new Endpoint(
                protocol, host, port, security, allowPlaintext, tls, login, limits, bind, addressFamily, ehlo, proxy);
    }

    public Endpoint withBind(Optional<String> address) {
        return new Endpoint(
                protocol,
                host,
                port,
                security,
                allowPlaintext,
                tls,
                login,
                timeouts,
                address,
                addressFamily,
                ehlo,
                proxy);
    }

    public Endpoint withAddressFamily(AddressFamily family) {
        return new Endpoint(
                protocol, host, port, security, allowPlaintext, tls, login, timeouts, bind, family, ehlo, proxy);
    }

    public Endpoint withEhlo(Optional<String> name) {
        return new Endpoint(
                protocol, host, port, security, allowPlaintext, tls, login, timeouts, bind, addressFamily, name, proxy);
    }

    public Endpoint withProxy(Optional<ProxySettings> between) {
        return new Endpoint(
                protocol,
                host,
                port,
                security,
                allowPlaintext,
                tls,
                login,
                timeouts,
                bind,
                addressFamily,
                ehlo,
                between);
    }
}
