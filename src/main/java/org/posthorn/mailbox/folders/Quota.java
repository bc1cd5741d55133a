package org.posthorn.mailbox.folders;

/**
 * A limit of the mailbox (RFC 9208).
 *
 * @param root the name of what it is a limit for
 * @param resource {@code STORAGE}, in units of 1024 octets, {@code MESSAGE} or another
 */
public record Quota(String root, String resource, long used, long limit) {}
