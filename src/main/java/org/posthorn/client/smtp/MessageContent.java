package org.posthorn.client.smtp;

import java.io.IOException;
import java.io.OutputStream;

/** A message as it is sent, headers and body, written as often as it is asked for and each time alike. */
public interface MessageContent {

    /** Its size in bytes with CRLF as line end and without stuffed dots, as SIZE counts it (RFC 1870 §5). */
    long size();

    void writeTo(OutputStream out) throws IOException;
}
