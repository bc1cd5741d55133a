/**
 * Authentication mechanisms, one file each, and the driver that carries any of them over any of the three protocols
 * (RFC 4422).
 *
 * <p>A mechanism turns challenges into responses and knows no protocol; it opens no connection.
 */
@NullMarked
package org.posthorn.sasl;

import org.jspecify.annotations.NullMarked;
