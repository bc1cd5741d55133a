/**
 * The built-in mail server for a first try: all three protocols on this machine's loopback address, reachable by nobody
 * else, with nothing kept when it ends.
 *
 * <p>It gives away finished endpoints and knows neither the client nor the window.
 */
@NullMarked
package org.posthorn.demo;

import org.jspecify.annotations.NullMarked;
