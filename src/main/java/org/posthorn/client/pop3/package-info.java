/** The line engine of POP3 (RFC 1939, RFC 2449, RFC 5034): commands out, typed replies in, nothing kept of the mailbox. */
@NullMarked
package org.posthorn.client.pop3;

import org.jspecify.annotations.NullMarked;
