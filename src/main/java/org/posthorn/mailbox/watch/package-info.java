/** Monitoring: new messages as they come, over one connection that idles and is replaced when it is lost. */
@NullMarked
package org.posthorn.mailbox.watch;

import org.jspecify.annotations.NullMarked;
