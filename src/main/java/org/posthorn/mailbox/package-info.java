/**
 * Messages and folders beyond the login: what a test message is made of, how it is sent, and how it is found again. The one
 * place that knows Jakarta Mail; settings, connections and their failures belong to the client.
 */
@NullMarked
package org.posthorn.mailbox;

import org.jspecify.annotations.NullMarked;
