/**
 * Jakarta Mail on a connection of ours: the one that was tested is handed over, seen by the log, under the limits of the
 * account, and taken back afterwards.
 */
@NullMarked
package org.posthorn.mailbox.jakarta;

import org.jspecify.annotations.NullMarked;
