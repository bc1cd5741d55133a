/**
 * TLS of one connection, and the judgement of the certificates a server shows.
 *
 * <p>A chain is judged here and nowhere else, so that all that is wrong with it is known, also when the handshake is
 * refused, and so that two endpoints with opposite trust work side by side. Nothing here may change or ask for a setting
 * of the whole JVM at run time, nor speak to the network while it judges.
 */
@NullMarked
package org.posthorn.transport.tls;

import org.jspecify.annotations.NullMarked;
