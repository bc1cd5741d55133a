package org.posthorn.desktop.viewmodel.connection;

import org.posthorn.client.smtp.Submission;
import org.posthorn.mailbox.RoundTripResult;
import org.posthorn.mailbox.SendingResult;

/** Hears of a test message as it goes. */
public interface MessageListener {

    /** The server has replied, or a part of the message has been sent. */
    void sending(Submission submission);

    /** The sending has ended; the search follows where one was asked for and there is something to find. */
    void sent(SendingResult result);

    /** The search has ended. */
    void found(RoundTripResult result);

    /** The log file could not be written further; the message is not touched by it. */
    void logFileStopped(String reason);

    /** All of it has ended. */
    void ended();

    /** It has ended by a bug of Posthorn, which is not the mail server's fault. */
    void broke(Throwable bug);
}
