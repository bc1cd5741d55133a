/**
 * The window's side of kept secrets: what is known of keychain and vault, the question for the passphrase, and how each
 * account's secrets stand.
 *
 * <p>Whatever asks a keychain or derives a key runs on the executor that is handed in, in order; properties change on the
 * window's thread alone.
 */
@NullMarked
package org.posthorn.desktop.viewmodel.secrets;

import org.jspecify.annotations.NullMarked;
