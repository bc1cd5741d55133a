/**
 * What happened, as facts: the phases of a connection with their outcome and what was learnt, and the one failure that
 * ended it.
 *
 * <p>Facts are recorded where they happen, as typed records; nobody downstream reads an exception's message to guess a
 * phase. This package knows the account it speaks of and nothing else of Posthorn.
 */
@NullMarked
package org.posthorn.timeline;

import org.jspecify.annotations.NullMarked;
