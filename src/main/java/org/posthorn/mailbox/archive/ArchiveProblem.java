package org.posthorn.mailbox.archive;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.Optional;

/** Why messages cannot be written; its message is a sentence with the remedy, to be put behind the name of the option. */
public final class ArchiveProblem extends IOException {
    private static final long serialVersionUID = 1L;

    ArchiveProblem(String sentence) {
        super(sentence);
    }

    /** The same failure as a sentence for a person. */
    public static ArchiveProblem of(IOException failure) {
        return switch (failure) {
            case ArchiveProblem problem -> problem;
            case AccessDeniedException denied ->
                new ArchiveProblem(denied.getFile()
                        + " may not be written: permission was denied. Change that or name another folder.");
            case FileSystemException other ->
                new ArchiveProblem(other.getFile() + " cannot be written ("
                        + Optional.ofNullable(other.getReason())
                                .orElse(other.getClass().getSimpleName())
                        + "). Change that or name another folder.");
            default ->
                new ArchiveProblem("writing failed ("
                        + Optional.ofNullable(failure.getMessage())
                                .orElse(failure.getClass().getSimpleName())
                        + "). Once that is put right, the same command goes on where it ended.");
        };
    }

    static ArchiveProblem of(InvalidPathException failure) {
        return new ArchiveProblem("this system takes no such file name (" + failure.getReason() + ").");
    }
}
