/**
 * Where passwords and other secrets outlive the program: the keychain, or a vault of Posthorn's own, or nowhere.
 *
 * <p>An account never depends on it: whatever is the matter with a keychain or a vault is an outcome with a sentence, and the
 * account is saved and opened without its secrets. Nothing here writes a secret that is not encrypted.
 */
@NullMarked
package org.posthorn.storage.secret;

import org.jspecify.annotations.NullMarked;
