package org.posthorn.client.line;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.account.Login;
import org.posthorn.sasl.LoginReply;
import org.posthorn.sasl.SaslExchange;
import org.posthorn.timeline.FailureException;

/**
 * What the three protocols have in common on the way to a login. Every command has the operation timeout as its deadline;
 * a failure closes the connection.
 */
public interface LineEngine {
    /**
     * The server's first line.
     *
     * @param text as it came, all its lines
     * @param authenticated whether the server takes the client as logged in already (IMAP's PREAUTH)
     * @param capabilities those it carries
     */
    record Greeting(String text, boolean authenticated, Optional<List<String>> capabilities) {}

    /** Awaits the greeting; a refusal, or a greeting of another protocol, is a failure. */
    Greeting greeting() throws FailureException;

    /** Asks what the server can do, each capability as the server wrote it; empty when it does not know the question. */
    List<String> capabilities() throws FailureException;

    boolean offersStarttls(List<String> capabilities);

    /** Asks for TLS; returns when the handshake may begin, with the server's reply. */
    String starttls() throws FailureException;

    /** The SASL mechanisms in a list of capabilities, in upper case and in the server's order. */
    List<String> mechanisms(List<String> capabilities);

    /** The names of the login commands outside SASL; the first may be taken by itself, the others when they are chosen. */
    List<String> loginCommands();

    /** Whether the server would take a login command outside SASL. */
    boolean offersLoginCommand(String command, List<String> capabilities);

    /** Whether the server says that no password may be sent now (LOGINDISABLED); the client must not (RFC 9051 §6.2.3). */
    boolean forbidsLoginCommand(List<String> capabilities);

    /** Logs in by a command outside SASL. */
    LoginReply login(String command, Login.Password login) throws FailureException;

    SaslExchange sasl();

    /** Whether the first message of a mechanism may go with the command. */
    boolean takesInitialResponse(List<String> capabilities);

    /**
     * Compresses both directions from here on where the server offers it; a refusal leaves all as it was.
     *
     * @param capabilities those in force after the login
     * @return whether they are compressed now
     */
    boolean compress(List<String> capabilities) throws FailureException;

    /**
     * Says who is there and asks who the server is, where it takes part in that (RFC 2971): some open no folder to a program
     * without a name.
     *
     * @param capabilities those in force after the login
     * @return the server's own words, in their order; empty where it has none
     */
    Map<String, String> identify(List<String> capabilities) throws FailureException;

    /** Whether {@link #noop()} is known only once logged in. */
    boolean noopNeedsLogin();

    /** Asks for nothing, to see that the server is there. */
    void noop() throws FailureException;

    /** Takes leave and awaits the server's farewell. */
    void logout() throws FailureException;
}
