package org.posthorn.desktop.viewmodel.connection;

import org.posthorn.timeline.Timeline;

/** Hears of a test as it goes. */
public interface SessionListener {

    /** Something has changed. */
    void progressed(Timeline snapshot);

    /** Its log file could not be written; said before the end, which it does not bring about. */
    void logFileStopped(String sentence);

    /** It has ended, well or with the failure in the timeline. */
    void ended(Timeline last);

    /** It has ended by a bug of Posthorn, which is not the mail server's fault. */
    void broke(Throwable bug);
}
