/** Pictures of the window, taken by tests and looked at by people. */
@NullMarked
package org.posthorn.desktop.view.picture;

import org.jspecify.annotations.NullMarked;
