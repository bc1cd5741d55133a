package org.posthorn.desktop.viewmodel.connection;

/**
 * Lines of the log.
 *
 * @param first sequence number of the first
 * @param last sequence number of the last, itself included
 */
public record LineRange(long first, long last) {}
