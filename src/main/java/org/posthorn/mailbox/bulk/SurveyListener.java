package org.posthorn.mailbox.bulk;

/** Hears how a survey goes, one call after the other, on the threads that carry it out. */
@FunctionalInterface
public interface SurveyListener {
    void progress(Progress now);

    /** A folder is known, or more of it. */
    default void folder(FolderSurvey now) {}
}
