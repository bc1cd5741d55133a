/**
 * The small parts that the views are made of: icons, segments, chips, cards and fields.
 *
 * <p>They know the toolkit and nothing of Posthorn. Their looks stand in the stylesheets.
 */
@NullMarked
package org.posthorn.desktop.view.control;

import org.jspecify.annotations.NullMarked;
