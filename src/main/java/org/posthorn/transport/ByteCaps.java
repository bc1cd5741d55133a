package org.posthorn.transport;

/**
 * How much is read before an honest server can no longer be meant. Generous against what real servers send (RFC 9051 §4
 * advises clients to take lines of 8,192 octets; capability replies of a few kilobytes are the longest in practice).
 *
 * @param line bytes of one line
 * @param reply bytes of one reply with all its lines and literals
 * @param greeting bytes until the greeting is complete
 */
public record ByteCaps(int line, int reply, int greeting) {
    public static ByteCaps defaults() {
        return new ByteCaps(64 * 1024, 1024 * 1024, 64 * 1024);
    }
}
