package org.posthorn.desktop.viewmodel.connection;

/**
 * The login as it came out.
 *
 * @param mechanism the one that was sent; empty when none was
 * @param offered what the server offers, separated by blanks
 * @param answer the server's last reply; empty when none came
 */
public record LoginCard(String mechanism, String offered, String user, boolean accepted, String answer) {}
