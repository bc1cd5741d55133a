/**
 * The whole window: the account that is shown, the tab, the theme, the demo, the status line, and how the window was left.
 */
@NullMarked
package org.posthorn.desktop.viewmodel.desktop;

import org.jspecify.annotations.NullMarked;
