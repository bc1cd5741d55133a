/**
 * One endpoint's connection as it happens: the rail of phases, the addresses, TLS and its certificates, the login, and the
 * failure with its remedy.
 *
 * <p>It is told what happens by snapshots of the {@link org.posthorn.timeline.Timeline}; it opens no socket and parses no
 * message. What runs the connection stands behind {@link org.posthorn.desktop.viewmodel.connection.Connector}.
 */
@NullMarked
package org.posthorn.desktop.viewmodel.connection;

import org.jspecify.annotations.NullMarked;
