package org.posthorn.timeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.posthorn.account.Problem;

/**
 * What ended a session, one type for each way to end. The stage is the phase in which it happened and the server's words
 * are unchanged but for secrets. The simple name of the type is the {@code kind} in JSON.
 */
public sealed interface Failure {

    Phase stage();

    /** The server's words, when there were any. */
    default Optional<String> serverText() {
        return Optional.empty();
    }

    /** The name of its type, in JSON: no component of a failure may be called so. */
    default String kind() {
        return getClass().getSimpleName();
    }

    /** One in which the server, or the proxy, said something. */
    sealed interface Told extends Failure {
        String text();

        @Override
        default Optional<String> serverText() {
            return Optional.of(text());
        }
    }

    /** One of phase RESOLVE. */
    sealed interface InResolve extends Failure {
        @Override
        default Phase stage() {
            return Phase.RESOLVE;
        }
    }

    /** One of phase CONNECT. */
    sealed interface InConnect extends Failure {
        @Override
        default Phase stage() {
            return Phase.CONNECT;
        }
    }

    /** One of phase TUNNEL. */
    sealed interface InTunnel extends Failure {
        @Override
        default Phase stage() {
            return Phase.TUNNEL;
        }
    }

    /** One of phase TLS. */
    sealed interface InTls extends Failure {
        @Override
        default Phase stage() {
            return Phase.TLS;
        }
    }

    /** One of phase GREETING. */
    sealed interface InGreeting extends Failure {
        @Override
        default Phase stage() {
            return Phase.GREETING;
        }
    }

    /** One of phase STARTTLS. */
    sealed interface InStarttls extends Failure {
        @Override
        default Phase stage() {
            return Phase.STARTTLS;
        }
    }

    /** One of phase LOGIN. */
    sealed interface InLogin extends Failure {
        @Override
        default Phase stage() {
            return Phase.LOGIN;
        }
    }

    // Resolve

    record HostNotFound(String host) implements InResolve {}

    /** The name service did not answer, or answered that it cannot tell now. */
    record NameServiceFailed(String host, String detail) implements InResolve {}

    /** The host has addresses, but none of the asked IP version. */
    record NoAddressOfFamily(String host, String family) implements InResolve {}

    // Connect

    /** Every address refused; {@code port} is the one that was tried. */
    record ConnectionRefused(List<Facts.Attempt> tried, int port) implements InConnect {}

    record ConnectTimeout(List<Facts.Attempt> tried, int port, Duration limit) implements InConnect {}

    record NetworkUnreachable(List<Facts.Attempt> tried, int port) implements InConnect {}

    /** The local address to connect from cannot be used. */
    record BindFailed(String address, String detail) implements InConnect {}

    // Tunnel

    /** Why a proxy did not connect to the server. */
    enum ProxyRefusal {
        /** The proxy wants a login and none was given. */
        LOGIN_REQUIRED,
        /** The login that was given is wrong. */
        LOGIN_REJECTED,
        /** The proxy wants a login of another kind than can be given. */
        LOGIN_METHOD_MISSING,
        /** A rule forbids this client, this server or this port. */
        POLICY,
        /** The proxy could not reach the server. */
        TARGET_UNREACHABLE,
        /** The kind of request or address is not supported. */
        UNSUPPORTED,
        /** The proxy did not say. */
        UNSPECIFIED
    }

    /**
     * The proxy said no.
     *
     * @param spoken the kind of proxy that was spoken to
     * @param text the proxy's own words or code
     */
    record ProxyRefused(String spoken, ProxyRefusal reason, String text) implements InTunnel, Told {}

    /** What answers is no proxy of this kind. */
    record ProxyMismatch(String spoken, String detail) implements InTunnel {
        /** Told by the first byte: SOCKS 5 begins with 5, SOCKS 4 replies with 0, HTTP with an H, TLS alerts with 21. */
        public static ProxyMismatch byte0(String spoken, int first) {
            String looks = switch (first) {
                case 'H' -> "an HTTP reply";
                case 5 -> "a SOCKS 5 reply";
                case 21, 22 -> "a TLS record";
                case '*', '+', '2' -> "the greeting of a mail server";
                default -> String.format("something that begins with the byte 0x%02x", first);
            };
            return new ProxyMismatch(spoken, "it answers with " + looks);
        }
    }

    /**
     * The proxy itself is spoken to under TLS, and that failed.
     *
     * @param problems of the proxy's certificate; empty when it is not the reason
     */
    record ProxyTlsFailed(String detail, List<CertificateProblem> problems) implements InTunnel {
        public ProxyTlsFailed {
            problems = List.copyOf(problems);
        }
    }

    // TLS

    /** The port answered a ClientHello with something that is not TLS. */
    record TlsNotSpoken(String received) implements InTls {
        @Override
        public Optional<String> serverText() {
            return received.isEmpty() ? Optional.empty() : Optional.of(received);
        }
    }

    /**
     * The handshake ended without a session.
     *
     * @param alert the alert that came or went, in the words of RFC 8446 §6
     * @param alertSent whether it went: what this side refuses says nothing of what the server wants
     */
    record HandshakeFailed(String detail, Optional<String> alert, boolean alertSent) implements InTls {
        /** By the server, with its alert where there is one. */
        public HandshakeFailed(String detail, Optional<String> alert) {
            this(detail, alert, false);
        }
    }

    /** The server closes each connection before a word, also that of a client that says nothing. */
    record ClosedOnArrival(String detail) implements InTls {}

    /**
     * The handshake did not end in time.
     *
     * @param answered whether a byte of the server had come: a port that stays silent and one that stalls are two faults
     */
    record HandshakeTimeout(Duration limit, boolean answered) implements InTls {}

    record CertificateRejected(List<CertificateProblem> problems) implements InTls {
        public CertificateRejected {
            problems = List.copyOf(problems);
        }
    }

    /**
     * What the operating system says of a proxy cannot be used. Nothing was sent.
     *
     * @param source who said it
     * @param detail why it cannot be used, without any secret
     */
    record SystemProxyUnusable(String source, String detail) implements InResolve {}

    /** The settings cannot be carried out, for example a file of authorities that holds none. Nothing was sent. */
    record TlsSettingsUnusable(Problem problem) implements InTls {}

    // Greeting

    /** No greeting came in time; {@code received} is the number of bytes that did. */
    record GreetingTimeout(Duration limit, int received, Facts.Probe probe) implements InGreeting {}

    /** The server greeted with a refusal: BYE, -ERR, 4xx or 5xx. */
    record GreetingRefused(String text) implements InGreeting, Told {}

    /** Another protocol speaks on this port, recognised by its greeting. */
    record WrongProtocol(String spoken, String text) implements InGreeting, Told {}

    // STARTTLS

    record StarttlsNotOffered(List<String> capabilities) implements InStarttls {}

    record StarttlsRefused(String text) implements InStarttls, Told {}

    /** Plaintext came between the reply to STARTTLS and the handshake (RFC 3207 §6, CVE-2011-0411). */
    record StarttlsInjection(String injected) implements InStarttls {
        @Override
        public Optional<String> serverText() {
            return Optional.of(injected);
        }
    }

    /** Only plaintext was left, and the endpoint does not allow it. Nothing secret was sent. */
    record PlaintextNotAllowed() implements InStarttls {}

    /** The server takes the client as logged in before TLS, where STARTTLS is no longer allowed (RFC 9051 §6.2.1). */
    record PreauthBeforeTls(String text) implements InStarttls, Told {}

    // Login

    /** The server takes no password before TLS (LOGINDISABLED, RFC 9051 §6.2.3); none was sent. */
    record LoginDisabled(List<String> capabilities) implements InLogin {}

    /** The server offers no way to log in at this port. */
    record AuthenticationNotOffered(List<String> capabilities) implements InLogin {}

    /** The server offers mechanisms, but none of those that can be used with these settings. */
    record MechanismNotOffered(List<String> usable, List<String> offered) implements InLogin {}

    /** The mechanism cannot carry these credentials, or is unknown to Posthorn; nothing was sent. */
    record MechanismUnusable(String mechanism, String detail) implements InLogin {}

    /**
     * The server said no.
     *
     * @param announced whether the server had offered the mechanism
     * @param code IMAP or POP3 response code, or SMTP enhanced status code, when the reply holds one
     * @param saslError why, in the mechanism's own words, decoded: the JSON that answers an access token (RFC 7628 §3.2.2)
     */
    record LoginRejected(
            String mechanism, boolean announced, String text, Optional<String> code, Optional<String> saslError)
            implements InLogin, Told {
        /** By a mechanism that has no words of its own for a refusal. */
        public LoginRejected(String mechanism, boolean announced, String text, Optional<String> code) {
            this(mechanism, announced, text, code, Optional.empty());
        }
    }

    /** There is no Kerberos ticket for this server, or none at all; nothing was sent. */
    record NoTicket(String detail) implements InLogin {}

    /** The server could not, or did not, show that it knows the password, as the mechanism demands; it is not believed. */
    record ServerNotProven(String mechanism) implements InLogin {}

    // Tokens, which are sought for the login

    /**
     * The authorization server said no, in its own words (RFC 6749 §4.1.2.1 and §5.2, RFC 8628 §3.5).
     *
     * @param endpoint its address without parameters
     * @param status the HTTP status; absent when the words came by the browser
     */
    record TokenRefused(
            String endpoint, OptionalInt status, String error, Optional<String> description, Optional<String> uri)
            implements InLogin {
        @Override
        public Optional<String> serverText() {
            String words = error + description.map(text -> ": " + text).orElse("");
            return Optional.of(words + uri.map(text -> " (" + text + ")").orElse(""));
        }
    }

    /**
     * No usable answer came from an endpoint of the authorization server.
     *
     * @param reason what ended the connection with it; absent when the answer itself was of no use
     * @param answer that answer
     */
    record TokenEndpointFailed(String endpoint, String detail, Optional<Failure> reason, Optional<HttpAnswer> answer)
            implements InLogin {
        @Override
        public Optional<String> serverText() {
            return answer.flatMap(HttpAnswer::words);
        }
    }

    /**
     * An answer that is none of the protocol's.
     *
     * @param words the beginning of its text, without markup and without anything that looks like a token
     */
    record HttpAnswer(int status, Optional<String> words) {}

    /** How a sign-in at a browser can come to nothing. */
    enum SignInEnd {
        /** Nobody finished it in time. */
        TIMED_OUT,
        /** What came back does not belong to the sign-in that was begun (RFC 6749 §10.12). */
        NOT_OURS,
        /** The browser came back without an authorization code. */
        CODE_MISSING,
        /** This machine's port for the answer could not be opened. */
        NO_LISTENER
    }

    record SignInUnfinished(SignInEnd end, String detail) implements InLogin {}

    /** The settings of the token provider cannot be carried out. */
    record TokenSettingsUnusable(String detail) implements InLogin {}

    /** The command that was to print a token did not. */
    record TokenCommandFailed(String program, String detail) implements InLogin {}

    // Any phase

    /** The server did not finish within the limit. */
    record TimedOut(Phase stage, Duration limit) implements Failure {}

    /** The connection ended under us: reset, or closed without a word. */
    record ConnectionLost(Phase stage, String detail) implements Failure {}

    /** The server took its leave in the middle (BYE, 421). */
    record ServerEnded(Phase stage, String text) implements Told {}

    /** A command that had to work was refused. */
    record CommandRejected(Phase stage, String command, String text) implements Told {}

    /** What came is not the protocol. */
    record ProtocolViolation(Phase stage, String detail, String received) implements Failure {
        @Override
        public Optional<String> serverText() {
            return received.isEmpty() ? Optional.empty() : Optional.of(received);
        }
    }

    /** More came than any honest server sends; reading stopped. */
    record TooMuchReceived(Phase stage, String what, long limit) implements Failure {}

    /** The person stopped it. */
    record Cancelled(Phase stage) implements Failure {}
}
