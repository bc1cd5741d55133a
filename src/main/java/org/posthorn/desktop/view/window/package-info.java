/** The window's frame: toolbar, status bar, the panes and their places, keys that hold everywhere. */
@NullMarked
package org.posthorn.desktop.view.window;

import org.jspecify.annotations.NullMarked;
