/**
 * The line engine of SMTP (RFC 5321, RFC 3207, RFC 4954) and the sending of one message: commands out, typed replies in, nothing
 * kept of the message.
 */
@NullMarked
package org.posthorn.client.smtp;

import org.jspecify.annotations.NullMarked;
