/**
 * The mail clients: from an endpoint to a connection that is logged in, and back out in order.
 *
 * <p>The line engines of {@code imap}, {@code pop3} and {@code smtp} turn commands into typed replies; {@link
 * org.posthorn.client.Connector} walks through the phases and records them. Nothing here knows of windows, files or Jakarta
 * Mail.
 *
 * <p>A program that uses it keeps one {@link org.posthorn.client.EmailClient} for each endpoint:
 *
 * {@snippet :
 * Endpoint endpoint = Endpoint.of(Protocol.IMAP, "mail.example.org").withLogin(Login.password("alice", secret));
 * Connector connector = new Connector(Network.system(), TrustAnchors.builtIn(), log, Clock.systemUTC());
 * try (EmailClient client = new EmailClient(endpoint, connector, timer, connection -> {})) {
 *     Duration roundTrip = client.noop();
 *     List<String> afterLogin = client.capabilities().afterLogin();
 * }
 * }
 *
 * <p>What a server or the network does wrong is a {@link org.posthorn.timeline.FailureException} with a typed
 * {@link org.posthorn.timeline.Failure}; what the caller does wrong is an {@link java.lang.IllegalStateException} or
 * {@link java.lang.IllegalArgumentException}. Limits are in {@link org.posthorn.account.Timeouts}, each absolute.
 */
@NullMarked
package org.posthorn.client;

import org.jspecify.annotations.NullMarked;
