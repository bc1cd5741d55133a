/** A connection on the screen: the rail of phases, why it failed, the facts and the certificates. */
@NullMarked
package org.posthorn.desktop.view.connection;

import org.jspecify.annotations.NullMarked;
