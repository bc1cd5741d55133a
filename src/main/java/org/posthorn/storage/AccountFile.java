package org.posthorn.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.account.Account;

/**
 * The accounts of this machine, in one file. Reading changes nothing. Writing takes the lock, reads anew and changes only
 * the account it is about, so that the window and the terminal can work on one file at the same time.
 *
 * <p>A program has one of these for a file: on some systems a second one in the same process would give away its lock.
 */
public final class AccountFile {
    /** How long another program may hold the file; a write takes milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WholeFile file;
    private final Schema schema;
    private final Clock clock;
    private final Duration patience;
    private final Map<String, SavedAccount> seen = new HashMap<>();

    public AccountFile(Path path, Clock clock) {
        this(path, clock, Schema.present(), PATIENCE);
    }

    AccountFile(Path path, Clock clock, Schema schema, Duration patience) {
        file = new WholeFile(path);
        this.clock = clock;
        this.schema = schema;
        this.patience = patience;
    }

    public Path path() {
        return file.path();
    }

    /** The accounts, without secrets. */
    public synchronized Opened load() {
        try {
            return file.exists() ? opened(AccountDocument.parse(file.read())) : new Opened.Complete(List.of());
        } catch (UnreadableEntry e) {
            return new Opened.Unreadable("The account file " + path() + " cannot be read: " + e.sentence()
                    + ". It is left as it is; when an account is saved, it is kept beside the new one.");
        } catch (IOException e) {
            return new Opened.Unreadable("The account file " + path() + " cannot be read: " + reason(e) + ".");
        }
    }

    /** Writes one account, new or changed, without its secrets. */
    public synchronized Saved put(SavedAccount account) {
        SavedAccount bare = account.withoutSecrets();
        return change(document -> {
            Optional<SavedAccount> other =
                    document.account(bare.id()).filter(there -> !there.equals(bare) && !isAsSeen(there));
            if (other.isPresent()) {
                document.put(elsewhere(other.get()));
            }
            document.put(bare);
            return other.map(there -> "Another program had changed “" + there.name()
                            + "” meanwhile; its version is kept as “"
                            + elsewhere(there).name() + "”.")
                    .orElse("");
        });
    }

    /** Takes one account out; one that another program has changed since it was read stays. */
    public synchronized Saved remove(String id) {
        return change(document -> {
            Optional<SavedAccount> other = document.account(id).filter(there -> !isAsSeen(there));
            if (other.isPresent()) {
                return "Another program has changed “" + other.get().name()
                        + "” meanwhile, so it was not deleted; look at it and delete it again.";
            }
            document.remove(id);
            return "";
        });
    }

    private interface Change {
        /** Changes the document and answers with what a person has to be told. */
        String apply(AccountDocument document) throws UnreadableEntry;
    }

    private Saved change(Change change) {
        try {
            WholeFile.createFolder(lockFile().toAbsolutePath().resolveSibling(""));
            try (FolderLock _ = FolderLock.take(lockFile(), patience)) {
                file.removeLeftovers();
                return changeLocked(change);
            }
        } catch (IOException e) {
            return refused(reason(e));
        }
    }

    private Saved changeLocked(Change change) throws IOException {
        AccountDocument document = AccountDocument.empty(schema.version());
        String kept = "";
        if (file.exists()) {
            try {
                AccountDocument there = AccountDocument.parse(file.read());
                if (there.schema() > schema.version()) {
                    return new Saved.Refused(newer(there.schema()));
                }
                document = schema.migrate(there);
                kept = there.schema() < schema.version() ? keep("schema-" + there.schema()) : "";
            } catch (UnreadableEntry e) {
                kept = keep("unreadable-" + LocalDate.now(clock));
            }
        }
        return write(document, change, kept);
    }

    private Saved write(AccountDocument document, Change change, String kept) throws IOException {
        try {
            String told = change.apply(document);
            file.write(document.bytes());
            remember(document.accounts());
            return new Saved.Written(document.accounts(), (kept + " " + told).strip());
        } catch (UnreadableEntry e) {
            return refused(e.sentence());
        }
    }

    private String keep(String word) throws IOException {
        return "The account file as it was is kept as " + file.keepBeside(word) + ".";
    }

    private Opened opened(AccountDocument document) throws UnreadableEntry {
        if (document.schema() > schema.version()) {
            return new Opened.ReadOnly(document.accounts(), newer(document.schema()));
        }
        AccountDocument migrated = schema.migrate(document);
        remember(migrated.accounts());
        List<String> complaints = migrated.complaints();
        return complaints.isEmpty()
                ? new Opened.Complete(migrated.accounts())
                : new Opened.Partial(
                        migrated.accounts(),
                        "Not every account of " + path() + " can be read, those stay as they are in the file. "
                                + String.join("; ", complaints) + ".");
    }

    private void remember(List<SavedAccount> accounts) {
        seen.clear();
        accounts.forEach(account -> seen.put(account.id(), account));
    }

    private boolean isAsSeen(SavedAccount there) {
        return there.equals(seen.get(there.id()));
    }

    private static SavedAccount elsewhere(SavedAccount there) {
        return SavedAccount.create(
                there.folder(),
                new Account(
                        there.name() + " (changed elsewhere)", there.account().endpoints()));
    }

    private Path lockFile() {
        return path().resolveSibling(path().getFileName() + ".lock");
    }

    private String newer(int version) {
        return "The account file " + path() + " was written by a later version of Posthorn (schema " + version
                + "); it can be looked at here, but changes are saved only by that version.";
    }

    private Saved refused(String reason) {
        return new Saved.Refused("The accounts could not be saved in " + path() + ": " + reason
                + ". The file is as it was, and your changes are still in the window.");
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case FileAlreadyExistsException _, NotDirectoryException _ -> failure.getMessage() + " is not a folder";
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileSystemException system when system.getReason() != null -> system.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
