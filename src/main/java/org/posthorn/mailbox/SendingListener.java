package org.posthorn.mailbox;

import org.posthorn.client.smtp.Submission;
import org.posthorn.timeline.Timeline;

/** Hears how a test message is sent, on the thread that sends it. */
@FunctionalInterface
public interface SendingListener {
    /** The connection has come further. */
    void connecting(Timeline timeline);

    /** The server has replied, or a part of the message has been sent. */
    default void sending(Submission submission) {}
}
