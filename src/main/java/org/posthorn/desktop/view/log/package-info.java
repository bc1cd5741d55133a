/**
 * The protocol log on the screen: a pool of rows for the lines in sight, whatever the length of the log.
 *
 * <p>JavaFX's own lists walk all earlier rows at each step of the scroll bar; with a million lines they fall to ten frames a
 * second.
 */
@NullMarked
package org.posthorn.desktop.view.log;

import org.jspecify.annotations.NullMarked;
