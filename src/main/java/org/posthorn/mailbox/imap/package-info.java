/** What is asked of the folders of an IMAP mailbox, by whoever reads one: a few commands, and how their answers are read. */
@NullMarked
package org.posthorn.mailbox.imap;

import org.jspecify.annotations.NullMarked;
