/**
 * The protocol log as the window needs it: which lines are shown, where the view stands, what is selected and found.
 *
 * <p>Reads the bounded {@link org.posthorn.wire.WireLog} and keeps no line of its own. Properties and collections only: no
 * scene class, no thread.
 */
@NullMarked
package org.posthorn.desktop.viewmodel.log;

import org.jspecify.annotations.NullMarked;
