/**
 * One open account: its name, its endpoints with their forms and connections, and what is not saved yet.
 *
 * <p>Connect takes the form as it stands and saves nothing; saving is a command of its own. No scene, no file: what saves
 * is handed in.
 */
@NullMarked
package org.posthorn.desktop.viewmodel.account;

import org.jspecify.annotations.NullMarked;
