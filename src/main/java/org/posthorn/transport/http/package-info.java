/**
 * HTTP/1.1 (RFC 9112) over the account's own way: its proxy, its bind address, its trusted authorities, its limits, and the
 * same log. The JDK's client can do none of these per request.
 *
 * <p>One connection for each request; redirects are never followed, since a request may carry secrets that were meant for one
 * server. It also listens on loopback for the one request by which a browser comes back. It knows nothing of OAuth.
 */
@NullMarked
package org.posthorn.transport.http;

import org.jspecify.annotations.NullMarked;
