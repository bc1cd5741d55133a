/** What stands in the window while there is no account. */
@NullMarked
package org.posthorn.desktop.view.start;

import org.jspecify.annotations.NullMarked;
