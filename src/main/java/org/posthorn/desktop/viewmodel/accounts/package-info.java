/**
 * The list of accounts: what is in the file, what is new, and the built-in demo, with folders, filter and selection.
 *
 * <p>New, rename, duplicate and delete act at once on the file; edits of a form are saved by a command. Whatever the file
 * answers stands in one sentence.
 */
@NullMarked
package org.posthorn.desktop.viewmodel.accounts;

import org.jspecify.annotations.NullMarked;
