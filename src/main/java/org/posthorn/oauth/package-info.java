/**
 * Access tokens: the flows that obtain them, the cache that keeps them until shortly before they expire, and what a token says
 * of itself, held against the settings before it is sent.
 *
 * <p>The requests are a handful of small forms and their answers small JSON, so they are written here by hand: a library would
 * bring its own way to the network, and would put its own words in the place of the server's. Nothing here opens a socket, and
 * nothing stores a token anywhere but in memory.
 */
@NullMarked
package org.posthorn.oauth;

import org.jspecify.annotations.NullMarked;
