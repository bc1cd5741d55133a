package org.posthorn.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;

/** The processes of a Dovecot of the lab that serve its clients, one for each session. */
record DovecotProcesses(ProcessHandle master) {
    static DovecotProcesses of(Lab lab, LabServer server) {
        try {
            String pid =
                    Files.readString(lab.folder(server.name()).resolve("pid")).split(" ", 2)[0];
            return new DovecotProcesses(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Kills those that run at this moment, without a chance to take leave.
     *
     * @param program {@code imap} and {@code pop3} serve those who are logged in, {@code imap-login} and {@code pop3-login}
     *     those who are not yet
     * @return how many there were
     */
    int kill(String program) {
        List<ProcessHandle> there = master.children().filter(runs(program)).toList();
        there.forEach(ProcessHandle::destroyForcibly);
        return there.size();
    }

    private static Predicate<ProcessHandle> runs(String program) {
        return process -> process.info()
                .command()
                .filter(command -> Path.of(command).endsWith(program))
                .isPresent();
    }
}
