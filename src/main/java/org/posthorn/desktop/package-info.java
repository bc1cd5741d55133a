/** The window: view-models that hold what it shows and does, and views that draw them. */
@NullMarked
package org.posthorn.desktop;

import org.jspecify.annotations.NullMarked;
