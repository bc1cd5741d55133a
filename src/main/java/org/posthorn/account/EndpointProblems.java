package org.posthorn.account;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What can be wrong with an endpoint before anything is sent. */
final class EndpointProblems {
    private final Endpoint endpoint;
    private final List<Problem> found = new ArrayList<>();

    private EndpointProblems(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    static List<Problem> of(Endpoint endpoint) {
        EndpointProblems problems = new EndpointProblems(endpoint);
        problems.checkHost();
        problems.checkPort();
        problems.checkTls();
        problems.checkLogin();
        problems.checkTimeouts();
        problems.checkNames();
        problems.checkProxy();
        problems.checkConnections();
        problems.checkLog();
        return List.copyOf(problems.found);
    }

    private void checkHost() {
        String typed = endpoint.host();
        String plain = endpoint.hostName();
        if (plain.isEmpty()) {
            error(Field.HOST, "Type the server's name, for example mail.example.org.");
        } else if (typed.contains("://") || typed.contains("/")) {
            error(Field.HOST, "Type the host name alone, without a scheme such as imaps:// and without a path.");
        } else if (plain.contains("@")) {
            error(Field.HOST, "This is an address; type the server's name, for example mail.example.org.");
        } else if (!HostNames.isUsable(plain)) {
            error(Field.HOST, "“" + plain + "” cannot be a host name; check it for blanks and stray characters.");
        } else if (!typed.equals(typed.strip())) {
            warning(Field.HOST, "A blank at the end or the beginning of the host name is left out.");
        }
    }

    private void checkPort() {
        endpoint.port().ifPresent(port -> {
            if (port < 1 || port > 65535) {
                error(Field.PORT, "A port is a number from 1 to 65535.");
            }
        });
    }

    private void checkTls() {
        if (endpoint.security() != TlsMode.NONE) {
            found.addAll(TlsProblems.of(endpoint.tls()));
        }
        endpoint.tls().trust().authorities().ifPresent(this::checkAuthorities);
        for (String fingerprint : endpoint.tls().trust().fingerprints()) {
            if (!fingerprint.matches("[0-9a-f]{64}")) {
                error(Field.FINGERPRINTS, "A SHA-256 fingerprint has 64 hexadecimal digits.");
            }
        }
    }

    private void checkAuthorities(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            error(Field.TRUST, "The file of certificate authorities “" + file + "” cannot be read; choose a PEM file.");
        }
    }

    private void checkLogin() {
        if (endpoint.login() instanceof Login.Credentials login) {
            checkAuthorizationId(login.sasl());
        }
        switch (endpoint.login()) {
            case Login.None _, Login.CurrentUser _ -> {}
            case Login.Password login -> {
                checkUserWithPassword(login);
                if (login.needsPassword()) {
                    checkPassword(login.password());
                }
            }
            case Login.AccessToken login -> {
                checkUser(login.user());
                checkToken(login.token());
            }
            case Login.TokenProvider login -> {
                checkUser(login.user());
                found.addAll(TokenProblems.of(login.settings()));
            }
        }
    }

    /** EXTERNAL without one asks for the certificate's own identity (RFC 4422 appendix A), and ANONYMOUS needs none. */
    private void checkUserWithPassword(Login.Password login) {
        if (login.needsPassword() || !login.user().isEmpty()) {
            checkUser(login.user());
        }
    }

    private void checkUser(String user) {
        if (user.isBlank()) {
            error(Field.USER, "Type the user name, or choose no login.");
        } else if (user.chars().anyMatch(Character::isISOControl)) {
            error(Field.USER, "The user name contains a line break or another control character; remove it.");
        } else if (!user.equals(user.strip())) {
            warning(Field.USER, "The user name begins or ends with a blank, and is sent so.");
        }
    }

    private void checkAuthorizationId(SaslSettings sasl) {
        if (sasl.authorizationId().orElse("").chars().anyMatch(Character::isISOControl)) {
            error(
                    Field.AUTHORIZATION_ID,
                    "The authorization identity contains a line break or another control character; remove it.");
        }
    }

    private void checkPassword(Secret password) {
        if (password.isEmpty()) {
            error(Field.PASSWORD, "Type the password, or choose no login.");
        } else if (password.contains('\0')) {
            error(Field.PASSWORD, "The password contains a NUL character, which no login can carry; type it again.");
        } else if (password.hasOuterBlank()) {
            warning(Field.PASSWORD, "The password begins or ends with a blank or line break, and is sent so.");
        }
    }

    private void checkToken(Secret token) {
        if (token.isEmpty()) {
            error(Field.ACCESS_TOKEN, "Paste the access token, or choose no login.");
        } else if (token.hasOuterBlank()) {
            warning(Field.ACCESS_TOKEN, "The access token begins or ends with a blank or line break, and is sent so.");
        }
    }

    private void checkTimeouts() {
        Timeouts limits = endpoint.timeouts();
        checkPositive(Field.RESOLVE_TIMEOUT, limits.resolve());
        checkPositive(Field.CONNECT_TIMEOUT, limits.connect());
        checkPositive(Field.OPERATION_TIMEOUT, limits.operation());
        Duration greeting = limits.greeting();
        if (greeting.compareTo(Timeouts.SHORTEST_GREETING) < 0 || greeting.compareTo(Timeouts.LONGEST_GREETING) > 0) {
            error(Field.GREETING_TIMEOUT, "The greeting timeout goes from 1 s to 5 min.");
        }
    }

    private void checkPositive(Field field, Duration limit) {
        if (limit.isNegative() || limit.isZero() || limit.compareTo(Duration.ofHours(24)) > 0) {
            error(field, field.label() + " must be more than 0 and at most 24 hours.");
        }
    }

    private void checkNames() {
        endpoint.bind().ifPresent(bind -> {
            if (!HostNames.isIpLiteral(HostNames.plain(bind))) {
                error(Field.BIND, "The bind address is an IP address of this machine, for example 192.0.2.7.");
            }
        });
        endpoint.ehlo().ifPresent(name -> {
            if (name.isBlank() || name.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                error(Field.EHLO, "The EHLO name is a host name or an address in brackets, without blanks.");
            }
        });
    }

    private void checkProxy() {
        endpoint.proxy().filter(proxy -> proxy.kind() != ProxyKind.SYSTEM).ifPresent(proxy -> {
            String host = HostNames.plain(proxy.host());
            if (host.isEmpty()) {
                error(Field.PROXY_HOST, "Type the proxy's name, for example proxy.example.org, or choose no proxy.");
            } else if (!HostNames.isUsable(host)) {
                error(Field.PROXY_HOST, "“" + host + "” cannot be the name of a proxy.");
            }
            if (proxy.effectivePort() < 1 || proxy.effectivePort() > 65535) {
                error(Field.PROXY_PORT, "The proxy's port is a number from 1 to 65535.");
            }
            if (proxy.resolution() == ProxySettings.Resolution.PROXY
                    && !proxy.kind().takesNames()) {
                error(
                        Field.PROXY_RESOLUTION,
                        "A SOCKS4 proxy takes addresses only: let this machine resolve, or use SOCKS4a.");
            }
            checkProxyLogin(proxy);
        });
    }

    private void checkConnections() {
        ConnectionSettings connections = endpoint.connections();
        if (connections.quantity() < ConnectionSettings.FEWEST || connections.quantity() > ConnectionSettings.MOST) {
            error(
                    Field.CONNECTIONS,
                    "The number of connections goes from " + ConnectionSettings.FEWEST + " to "
                            + ConnectionSettings.MOST + ".");
        }
        Duration checkup = connections.checkup();
        if (checkup.isNegative() || checkup.compareTo(Duration.ofHours(24)) > 0) {
            error(Field.CHECKUP, "The checkup period is at most 24 hours; 0s means never.");
        }
    }

    private void checkLog() {
        endpoint.log().file().filter(_ -> endpoint.log().enabled()).ifPresent(file -> {
            Path place = file.toAbsolutePath();
            if (Files.isDirectory(place)) {
                warning(Field.LOG_FILE, "“" + file + "” is a folder; name a file in it.");
            } else if (!canBeWritten(place)) {
                warning(Field.LOG_FILE, "“" + file + "” cannot be written; choose another place for the log file.");
            }
        });
    }

    /** As far as can be told without touching it: the file, or the nearest folder above it that is there. */
    private static boolean canBeWritten(Path file) {
        Path there = file;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return Files.isWritable(there) && (there.equals(file) || Files.isDirectory(there));
    }

    private void checkProxyLogin(ProxySettings proxy) {
        boolean password =
                proxy.login().filter(login -> !login.password().isEmpty()).isPresent();
        if (password && (proxy.kind() == ProxyKind.SOCKS4 || proxy.kind() == ProxyKind.SOCKS4A)) {
            warning(Field.PROXY_PASSWORD, "SOCKS4 knows a user name and no password; the password is not sent.");
        }
    }

    private void error(Field field, String sentence) {
        found.add(Problem.error(field, sentence));
    }

    private void warning(Field field, String sentence) {
        found.add(Problem.warning(field, sentence));
    }
}
