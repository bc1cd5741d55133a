/** The table of capabilities. */
@NullMarked
package org.posthorn.desktop.view.capabilities;

import org.jspecify.annotations.NullMarked;
