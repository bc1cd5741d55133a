package org.posthorn.desktop.viewmodel.connection;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.posthorn.account.LogSettings;
import org.posthorn.wire.LogFile;
import org.posthorn.wire.WireLog;

/**
 * The files into which one log is written. A test and a client that ask for the same file share it, since each line would
 * stand in it twice otherwise.
 */
final class LogFiles {
    private final WireLog log;
    private final Function<LogSettings, Optional<LogFile>> opener;
    private final Map<LogSettings, Shared> open = new HashMap<>();

    /** @param opener opens the file that settings ask for */
    LogFiles(WireLog log, Function<LogSettings, Optional<LogFile>> opener) {
        this.log = log;
        this.opener = opener;
    }

    /** One user's part in a file, which is closed when its last user has ended. */
    interface Use extends AutoCloseable {

        /** Why nothing is written any more, as a sentence; empty while all is well, and where no file is asked for. */
        Optional<String> problem();

        @Override
        void close();
    }

    /** Writes the log into the file that the settings ask for, from now on; one that failed is tried again. */
    synchronized Use use(LogSettings settings) {
        Shared shared = Optional.ofNullable(open.get(settings))
                .filter(each -> each.problem().isEmpty())
                .orElseGet(() -> new Shared(opener.apply(settings)));
        open.put(settings, shared);
        shared.users++;
        return new Part(settings, shared);
    }

    private synchronized void end(LogSettings settings, Shared shared) {
        shared.users--;
        if (shared.users == 0) {
            open.remove(settings, shared);
            shared.close();
        }
    }

    private final class Shared {
        private final Optional<LogFile> file;
        private final Optional<WireLog.Subscription> subscription;
        private int users;

        Shared(Optional<LogFile> file) {
            this.file = file;
            subscription = file.map(log::subscribe);
        }

        Optional<String> problem() {
            return file.flatMap(LogFile::problem);
        }

        void close() {
            subscription.ifPresent(WireLog.Subscription::close);
            file.ifPresent(LogFile::close);
        }
    }

    private final class Part implements Use {
        private final LogSettings settings;
        private final Shared shared;

        Part(LogSettings settings, Shared shared) {
            this.settings = settings;
            this.shared = shared;
        }

        @Override
        public Optional<String> problem() {
            return shared.problem();
        }

        @Override
        public void close() {
            end(settings, shared);
        }
    }
}
