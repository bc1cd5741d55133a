/**
 * Whether certificates were taken back: what a certificate says of where to ask, the question, and the judging of what came.
 * Nothing here sends anything.
 */
@NullMarked
package org.posthorn.transport.revocation;

import org.jspecify.annotations.NullMarked;
