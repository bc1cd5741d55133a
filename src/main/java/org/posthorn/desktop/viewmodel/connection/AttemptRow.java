package org.posthorn.desktop.viewmodel.connection;

/**
 * One form of TLS that was tried, where several are tried in turn.
 *
 * @param form for example {@code Implicit TLS on port 993}
 * @param answer what came of it
 */
public record AttemptRow(int number, String form, boolean worked, String answer) {}
