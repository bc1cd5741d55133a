/**
 * The program's entrance, and nothing else: it picks the window or the terminal. A command never loads JavaFX, so that it
 * starts fast and runs on a machine without a display.
 */
@NullMarked
package org.posthorn;

import org.jspecify.annotations.NullMarked;
