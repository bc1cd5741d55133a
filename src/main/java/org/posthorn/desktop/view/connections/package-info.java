/** The table of the connections that are kept open. */
@NullMarked
package org.posthorn.desktop.view.connections;

import org.jspecify.annotations.NullMarked;
