/**
 * What this copy of Posthorn is: its version, what it is made of, and, when a person asks, whether a newer one has been
 * published. Nothing here runs by itself.
 */
@NullMarked
package org.posthorn.release;

import org.jspecify.annotations.NullMarked;
