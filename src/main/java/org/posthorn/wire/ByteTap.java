package org.posthorn.wire;

/** Hears the bytes of one connection above TLS, in the order of passing, and puts what may be shown of them into the log. */
public interface ByteTap {

    /** Bytes this client sent. */
    void sent(byte[] bytes, int offset, int length);

    /** Bytes the server sent. */
    void received(byte[] bytes, int offset, int length);

    /** A state change or a remark of Posthorn's own. */
    void note(String text);

    /** The connection has ended. */
    void flush();
}
