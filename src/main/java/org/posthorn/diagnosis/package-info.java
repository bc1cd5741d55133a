/**
 * From facts to cause, evidence and remedy: what a timeline means, said to the person who typed the settings and to the
 * administrator of the server.
 *
 * <p>It judges facts alone, the typed failure and what the phases learnt, and never an exception's message. It opens no
 * connection and reads no secret. Its sentences stand in a resource bundle, so that they can be translated.
 */
@NullMarked
package org.posthorn.diagnosis;

import org.jspecify.annotations.NullMarked;
