/**
 * Through a proxy to the server: one dialogue for each kind of proxy, over streams that are connected already.
 *
 * <p>Every reply of a proxy that is not a yes becomes a failure with the proxy's own words. Nothing here dials.
 */
@NullMarked
package org.posthorn.transport.proxy;

import org.jspecify.annotations.NullMarked;
