/**
 * Heavy work over one to sixty-four connections: surveying a mailbox, taking its messages to disk, bringing messages into it,
 * sending many. It shares the work out, replaces connections that are lost, goes on with fewer where the server allows no
 * more, and tells all of it; it never does anything twice that can be seen outside.
 */
@NullMarked
package org.posthorn.mailbox.bulk;

import org.jspecify.annotations.NullMarked;
