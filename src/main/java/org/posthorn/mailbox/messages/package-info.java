/** The messages of one folder: what stands at the head of the latest, and the source of one. Nothing in it is changed. */
@NullMarked
package org.posthorn.mailbox.messages;

import org.jspecify.annotations.NullMarked;
