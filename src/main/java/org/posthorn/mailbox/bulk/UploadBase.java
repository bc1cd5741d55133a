package org.posthorn.mailbox.bulk;

/**
 * A folder before the first message was appended: what has come since has a UID of its own.
 *
 * @param validity UIDVALIDITY
 * @param next no UID from here on was given away
 */
record UploadBase(long validity, long next) {}
