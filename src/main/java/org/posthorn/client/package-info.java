/**
 * The mail clients: from an endpoint to a connection that is logged in, and back out in order.
 *
 * <p>The line engines of {@code imap}, {@code pop3} and {@code smtp} turn commands into typed replies; {@link
 * org.posthorn.client.Connector} walks through the phases and records them. Nothing here knows of windows, files or Jakarta
 * Mail.
 */
@NullMarked
package org.posthorn.client;

import org.jspecify.annotations.NullMarked;
