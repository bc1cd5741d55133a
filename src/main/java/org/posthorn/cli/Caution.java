package org.posthorn.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.client.LoginGuard;
import org.posthorn.storage.RefusedLoginsFile;
import org.posthorn.storage.RefusedLoginsFile.RefusedLogin;

/**
 * Tells how many logins a server has refused of late. It holds back none: a script that tries passwords knows what it does,
 * and a person in the terminal reads.
 */
final class Caution {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final LoginGuard guard;
    private final Clock clock;

    Caution(Path file, Clock clock) {
        this.clock = clock;
        guard = new LoginGuard(clock, new Remembered(new RefusedLoginsFile(file)));
    }

    /** The guard's memory in a file. */
    private record Remembered(RefusedLoginsFile file) implements LoginGuard.Memory {

        @Override
        public List<LoginGuard.Refusal> read() {
            return file.load().stream()
                    .map(login -> new LoginGuard.Refusal(login.host(), login.user(), login.at()))
                    .toList();
        }

        @Override
        public void write(List<LoginGuard.Refusal> refusals) {
            file.save(refusals.stream()
                    .map(refusal -> new RefusedLogin(refusal.host(), refusal.user(), refusal.at()))
                    .toList());
        }
    }

    LoginGuard guard() {
        return guard;
    }

    /** Says what there is to fear of the next login with these settings, and answers whether there is. */
    boolean tell(Endpoint endpoint, Paper paper) {
        Optional<LoginGuard.Caution> some = guard.caution(endpoint);
        some.ifPresent(caution -> paper.line("posthorn: " + endpoint.hostName() + " has refused “"
                + LoginGuard.who(endpoint).orElse("")
                + "” " + caution.refusals() + " times in the last " + LoginGuard.WINDOW.toMinutes()
                + " minutes; a few more, and many servers lock the account or ban this address. The next login is"
                + " safe from " + TIME.withZone(clock.getZone()).format(caution.safeFrom()) + "."));
        return some.isPresent();
    }
}
