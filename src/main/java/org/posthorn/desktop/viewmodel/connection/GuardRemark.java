package org.posthorn.desktop.viewmodel.connection;

import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.client.LoginGuard;

/** What is said before one login too many. */
public final class GuardRemark {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private GuardRemark() {}

    /**
     * The warning, with the time from which it is safe.
     *
     * @param command what the person did, and may do again
     */
    public static Remark of(LoginGuard.Caution caution, Endpoint endpoint, String command, Clock clock) {
        String user = LoginGuard.who(endpoint).orElse("");
        String time = TIME.withZone(clock.getZone()).format(caution.safeFrom());
        return new Remark(
                true,
                endpoint.hostName() + " has refused “" + user + "” " + caution.refusals() + " times in the last "
                        + LoginGuard.WINDOW.toMinutes()
                        + " minutes; a few more, and many servers lock the account or ban this address. Nothing was"
                        + " sent.",
                "Wait until " + time + ", or " + command + " again to try now.",
                Optional.of(Field.PASSWORD).filter(_ -> endpoint.login() instanceof Login.Password));
    }
}
