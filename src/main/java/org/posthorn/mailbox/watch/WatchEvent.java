package org.posthorn.mailbox.watch;

import org.posthorn.timeline.Failure;

/** What happens while a folder is watched. */
public sealed interface WatchEvent {
    /** The number of the connection in the log. */
    int connection();

    /**
     * The watch has begun, or has begun anew since UIDVALIDITY changed and nothing known of the folder holds any more.
     *
     * @param messages in the folder now
     * @param idles whether the server tells by IDLE, or is asked again and again
     */
    record Began(int connection, long messages, boolean idles) implements WatchEvent {}

    /** A message came; also one that came while there was no connection. */
    record Arrived(int connection, Arrival message) implements WatchEvent {}

    /**
     * Messages were removed.
     *
     * @param remaining in the folder now
     */
    record Removed(int connection, long count, long remaining) implements WatchEvent {}

    /** The connection was lost, or another in its place did not come about; one more is tried. */
    record Lost(int connection, Failure failure) implements WatchEvent {}

    /** Another connection watches; what came meanwhile is told next. */
    record Resumed(int connection) implements WatchEvent {}
}
