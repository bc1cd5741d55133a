package org.posthorn.desktop.viewmodel.connection;

import org.posthorn.account.Login;
import org.posthorn.account.Secret;

/**
 * A refresh token that took the place of another, or came of a first sign-in.
 *
 * @param used the login as the test had it
 * @param next what gets the next token
 */
public record Renewal(Login.TokenProvider used, Secret next) {}
