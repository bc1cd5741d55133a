/** The question for the vault's passphrase, over the window. */
@NullMarked
package org.posthorn.desktop.view.secrets;

import org.jspecify.annotations.NullMarked;
