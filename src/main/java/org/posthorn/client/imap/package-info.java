/** The line engine of IMAP (RFC 9051, RFC 3501): commands out, typed replies in, nothing kept of the mailbox. */
@NullMarked
package org.posthorn.client.imap;

import org.jspecify.annotations.NullMarked;
