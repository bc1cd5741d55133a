package org.posthorn.account;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One server to reach and how: everything a connection needs to know.
 *
 * @param host name or IP literal as typed; {@link #hostName()} is the form that is used
 * @param port absent means the default of protocol and security, see {@link Protocol#defaultPort}
 * @param allowPlaintext whether {@link TlsMode#AUTO} may end without TLS
 * @param bind local address to connect from; absent lets the system choose
 * @param addressOrder how the addresses of the host, or of the proxy, are tried; default one after the other
 * @param ehlo the name said in SMTP's EHLO; absent means the local address as a literal (RFC 5321 §4.1.3), which needs no
 *     lookup that could stall
 * @param proxy what lies between; absent means the server is dialled itself
 * @param connections how a client keeps its connections
 * @param log the protocol log file
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
        AddressOrder addressOrder,
        Optional<String> ehlo,
        Optional<ProxySettings> proxy,
        ConnectionSettings connections,
        LogSettings log) {

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
                AddressOrder.IN_ORDER,
                Optional.empty(),
                Optional.empty(),
                ConnectionSettings.defaults(),
                LogSettings.defaults());
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
        return changed(draft -> draft.protocol = chosen);
    }

    public Endpoint withHost(String typed) {
        return changed(draft -> draft.host = typed);
    }

    public Endpoint withPort(int typed) {
        return withPort(OptionalInt.of(typed));
    }

    public Endpoint withPort(OptionalInt typed) {
        return changed(draft -> draft.port = typed);
    }

    public Endpoint withSecurity(TlsMode mode) {
        return changed(draft -> draft.security = mode);
    }

    public Endpoint withAllowPlaintext(boolean allowed) {
        return changed(draft -> draft.allowPlaintext = allowed);
    }

    public Endpoint withTls(TlsSettings settings) {
        return changed(draft -> draft.tls = settings);
    }

    public Endpoint withLogin(Login chosen) {
        return changed(draft -> draft.login = chosen);
    }

    public Endpoint withTimeouts(Timeouts limits) {
        return changed(draft -> draft.timeouts = limits);
    }

    public Endpoint withBind(Optional<String> address) {
        return changed(draft -> draft.bind = address);
    }

    public Endpoint withAddressFamily(AddressFamily family) {
        return changed(draft -> draft.addressFamily = family);
    }

    public Endpoint withAddressOrder(AddressOrder order) {
        return changed(draft -> draft.addressOrder = order);
    }

    public Endpoint withEhlo(Optional<String> name) {
        return changed(draft -> draft.ehlo = name);
    }

    public Endpoint withProxy(Optional<ProxySettings> between) {
        return changed(draft -> draft.proxy = between);
    }

    public Endpoint withConnections(ConnectionSettings settings) {
        return changed(draft -> draft.connections = settings);
    }

    public Endpoint withLog(LogSettings settings) {
        return changed(draft -> draft.log = settings);
    }

    private Endpoint changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.endpoint();
    }

    /** An endpoint in the making, so that each change names its own setting alone. */
    private static final class Draft {
        private Protocol protocol;
        private String host;
        private OptionalInt port;
        private TlsMode security;
        private boolean allowPlaintext;
        private TlsSettings tls;
        private Login login;
        private Timeouts timeouts;
        private Optional<String> bind;
        private AddressFamily addressFamily;
        private AddressOrder addressOrder;
        private Optional<String> ehlo;
        private Optional<ProxySettings> proxy;
        private ConnectionSettings connections;
        private LogSettings log;

        Draft(Endpoint from) {
            protocol = from.protocol;
            host = from.host;
            port = from.port;
            security = from.security;
            allowPlaintext = from.allowPlaintext;
            tls = from.tls;
            login = from.login;
            timeouts = from.timeouts;
            bind = from.bind;
            addressFamily = from.addressFamily;
            addressOrder = from.addressOrder;
            ehlo = from.ehlo;
            proxy = from.proxy;
            connections = from.connections;
            log = from.log;
        }

        Endpoint endpoint() {
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
                    addressOrder,
                    ehlo,
                    proxy,
                    connections,
                    log);
        }
    }
}
