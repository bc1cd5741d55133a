/**
 * How the window looks: the fonts it brings, the two themes and the sheets of the components.
 *
 * <p>Colours stand in the sheets {@code light.css} and {@code dark.css} and nowhere else.
 */
@NullMarked
package org.posthorn.desktop.view.theme;

import org.jspecify.annotations.NullMarked;
