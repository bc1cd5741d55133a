/**
 * Heavy work over one to sixty-four connections: surveying and downloading a mailbox, appending messages to it, sending one
 * many times. It shares the work out, replaces connections that are lost, goes on with fewer where the server allows no more,
 * and tells all of it.
 */
@NullMarked
package org.posthorn.mailbox.bulk;

import org.jspecify.annotations.NullMarked;
