/** The page about this copy of Posthorn. */
@NullMarked
package org.posthorn.desktop.view.about;

import org.jspecify.annotations.NullMarked;
