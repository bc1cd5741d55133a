/**
 * What passed on the wire: the bounded log of protocol lines, TLS records and state changes, and the redactors that take
 * the secrets out of a line before it is stored anywhere.
 *
 * <p>Nothing secret may enter {@link org.posthorn.wire.WireLog}: taps hand bytes to a redactor of their protocol, and only
 * its output goes on. This package opens no connection and knows no client.
 */
@NullMarked
package org.posthorn.wire;

import org.jspecify.annotations.NullMarked;
