/**
 * The connections of one endpoint that are kept open: whose they are, how each stands, and the commands that open, check and
 * close them.
 *
 * <p>The client that keeps them stands behind {@link org.posthorn.desktop.viewmodel.connection.LiveClient}; one client has one
 * set of settings, those of the form at its first connection.
 */
@NullMarked
package org.posthorn.desktop.viewmodel.connections;

import org.jspecify.annotations.NullMarked;
