package org.posthorn.desktop.viewmodel.connection;

/**
 * One address that was tried.
 *
 * @param address with its port, as {@code 192.0.2.10:993} or {@code [2001:db8::10]:993}
 * @param time how long it took to answer or to fail
 * @param answer {@code connected}, or why it did not
 */
public record AddressRow(int attempt, String address, String time, boolean reached, String answer) {}
