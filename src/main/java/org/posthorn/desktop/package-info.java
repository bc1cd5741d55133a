/**
 * The window: start-up, and the wiring of view-models to views.
 *
 * <p>The only part of Posthorn that knows JavaFX. {@link org.posthorn.desktop.UiThread} alone names the toolkit's thread;
 * everything else is handed an executor.
 */
@NullMarked
package org.posthorn.desktop;

import org.jspecify.annotations.NullMarked;
