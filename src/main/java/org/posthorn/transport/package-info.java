/**
 * Bytes there and back: looking up, dialling, securing and reading lines, each within an absolute deadline, bounded in size
 * and ended at once by a cancel. Every byte passes the taps of the wire log.
 *
 * <p>The only package, beside the demo server, that opens sockets. It knows no mail protocol.
 */
@NullMarked
package org.posthorn.transport;

import org.jspecify.annotations.NullMarked;
