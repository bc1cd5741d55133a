/**
 * Where accounts and the window's state are kept, and how: JSON files that are written whole or not at all.
 *
 * <p>No secret is ever written here: what is stored is the login without it, and {@code secret} below says where those are
 * kept.
 * What goes wrong with a file is a sentence for a person, never an exception, and never costs what is in the file. This
 * package knows the account and nothing else of Posthorn.
 */
@NullMarked
package org.posthorn.storage;

import org.jspecify.annotations.NullMarked;
