/** The folders of an IMAP mailbox as the server itself describes them: namespaces, counts, quota, and who the server is. */
@NullMarked
package org.posthorn.mailbox.folders;

import org.jspecify.annotations.NullMarked;
