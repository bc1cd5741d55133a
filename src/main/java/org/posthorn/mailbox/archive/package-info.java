/**
 * A folder on disk that a mailbox is downloaded into: mbox files or Maildirs, and beside them what is needed to go on after
 * whatever ended the work, be it a kill in the middle of a message. It knows nothing of servers.
 */
@NullMarked
package org.posthorn.mailbox.archive;

import org.jspecify.annotations.NullMarked;
