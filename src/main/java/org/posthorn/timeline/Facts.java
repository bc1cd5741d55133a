package org.posthorn.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What a phase learnt. */
public sealed interface Facts
        permits Facts.None,
                Facts.Resolved,
                Facts.SystemProxy,
                Facts.ProxyResolved,
                Facts.Tunnelled,
                Facts.Connected,
                TlsFacts,
                Facts.Greeted,
                Facts.Announced,
                Facts.StarttlsAnswer,
                Facts.LoggedIn,
                Facts.TokenSought,
                Facts.Live {

    /** Nothing yet, or nothing to tell. */
    record None() implements Facts {}

    /**
     * The addresses of the host.
     *
     * @param name the name that was looked up, in ASCII
     */
    record Resolved(String name, List<String> addresses) implements Facts {
        public Resolved {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * What the operating system says of a proxy.
     *
     * @param source who said it: the system's settings, or a variable
     * @param proxy its kind, host and port, as in {@code socks5://proxy.example.org:1080}; absent for the direct way
     */
    record SystemProxy(String source, Optional<String> proxy) implements Facts {}

    /**
     * The addresses of the proxy.
     *
     * @param name the proxy as typed
     * @param resolvesServer whether the server's name is left to the proxy
     */
    record ProxyResolved(String name, List<String> addresses, boolean resolvesServer) implements Facts {
        public ProxyResolved {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * What a proxy was asked for.
     *
     * @param kind the kind of proxy
     * @param proxy host and port
     * @param destination the server as it was handed over, a name or an address, with its port
     * @param resolvedByProxy who resolved the server's name
     */
    record Tunnelled(String kind, String proxy, String destination, boolean resolvedByProxy) implements Facts {}

    /**
     * The addresses tried in order, the last one being the peer when the phase ended well.
     *
     * @param address the peer's address, when one was reached
     * @param local this machine's address on that connection
     */
    record Connected(List<Attempt> tried, int port, Optional<String> address, Optional<String> local) implements Facts {
        public Connected {
            tried = List.copyOf(tried);
        }
    }

    /**
     * One address that was tried.
     *
     * @param error why it did not answer, absent for the one that did
     */
    record Attempt(String address, int port, Duration elapsed, Optional<String> error) {
        private static final String GIVEN_UP = "given up, since another answered first";

        /** One that was still under way when another had answered, which says nothing against it. */
        public static Attempt givenUp(String address, int port, Duration elapsed) {
            return new Attempt(address, port, elapsed, Optional.of(GIVEN_UP));
        }

        public boolean isGivenUp() {
            return error.equals(Optional.of(GIVEN_UP));
        }
    }

    /**
     * The first line of the server, without its line end.
     *
     * @param text absent when none came
     * @param probe what a second connection found out when none came
     */
    record Greeted(Optional<String> text, Optional<Probe> probe) implements Facts {}

    /** What a TLS ClientHello on a second connection brought, when no greeting came on the first. */
    enum Probe {
        /** The port speaks TLS: it waits for a ClientHello, and a plaintext client waits for ever. */
        TLS_ANSWERED,
        /** A plaintext came instead of TLS. */
        PLAINTEXT_ANSWERED,
        /** Nothing came here either. */
        SILENT,
        /** The second connection could not be made, or was closed at once. */
        NOT_POSSIBLE,
        /** Not tried: the first connection was under TLS already, or some bytes had come. */
        NOT_NEEDED
    }

    /**
     * The capabilities of one stage, as the server wrote them and in its order.
     *
     * @param asked whether a command asked for them, or the server told them by itself
     */
    record Announced(Stage stage, List<String> capabilities, boolean asked) implements Facts {
        public Announced {
            capabilities = List.copyOf(capabilities);
        }
    }

    /** When capabilities were announced. */
    enum Stage {
        BEFORE_TLS,
        AFTER_TLS,
        AFTER_LOGIN
    }

    /** The server's reply to STARTTLS or STLS. */
    record StarttlsAnswer(Optional<String> text) implements Facts {}

    /**
     * The login.
     *
     * @param mechanism the one that was sent
     * @param offered the mechanisms the server offers
     * @param answer what the server decided; absent until it has
     * @param token what the token says of itself, where one was sent
     */
    record LoggedIn(
            Optional<String> mechanism,
            String user,
            List<String> offered,
            Optional<LoginAnswer> answer,
            Optional<TokenFacts> token)
            implements Facts {
        public LoggedIn {
            offered = List.copyOf(offered);
        }

        /** A login without a token. */
        public LoggedIn(Optional<String> mechanism, String user, List<String> offered, Optional<LoginAnswer> answer) {
            this(mechanism, user, offered, answer, Optional.empty());
        }

        public boolean accepted() {
            return answer.filter(LoginAnswer.Accepted.class::isInstance).isPresent();
        }

        /** The server's last reply. */
        public Optional<String> text() {
            return answer.map(LoginAnswer::text);
        }
    }

    /**
     * A token provider at work.
     *
     * @param flow the flow's name in commands
     * @param requests to the authorization server so far, in order
     * @param signIn what a person has to do now; absent when nothing is awaited
     * @param origin where the token came from, once it is there
     * @param token what the token says of itself, once it is there
     */
    record TokenSought(
            String flow,
            List<TokenRequest> requests,
            Optional<SignIn> signIn,
            Optional<TokenOrigin> origin,
            Optional<TokenFacts> token)
            implements Facts {
        public TokenSought {
            requests = List.copyOf(requests);
        }
    }

    /**
     * One request to an authorization server.
     *
     * @param endpoint its address without parameters
     * @param status the HTTP status; absent when no response came
     * @param error the server's word for what was wrong, or why no response came
     */
    record TokenRequest(String endpoint, OptionalInt status, Duration elapsed, Optional<String> error) {}

    /**
     * A person is waited for.
     *
     * @param address what to open in a browser
     * @param code what to type there; absent when the browser comes back by itself
     * @param until when the waiting ends
     */
    record SignIn(String address, Optional<String> code, Instant until) {}

    /** Where a token came from. */
    enum TokenOrigin {
        /** It was asked for now. */
        ISSUED,
        /** It was asked for before and is still good. */
        CACHED,
        /** Another connection had just asked for it. */
        SHARED
    }

    /**
     * The connection answered a command that asks for nothing.
     *
     * @param roundTrip from the first byte sent to the last received
     * @param compressed whether it was compressed on the way (RFC 4978)
     * @param server who the server says it is (RFC 2971), such as name and version, in its order; empty where it does not
     */
    record Live(Duration roundTrip, boolean compressed, Map<String, String> server) implements Facts {
        public Live {
            server = Collections.unmodifiableMap(new LinkedHashMap<>(server));
        }
    }

    static Facts none() {
        return new None();
    }
}
