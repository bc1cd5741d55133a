package org.posthorn.mailbox.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The folder on disk that one mailbox is downloaded into, held by one program at a time. What is needed to go on lies in its
 * folder {@value #OWN}: a lock, whose mailbox it is, and for each mail folder a journal. Files that are not from here are never
 * touched.
 */
public final class Archive implements AutoCloseable {
    private static final String OWN = ".posthorn";
    private static final String JOURNAL = ".journal";

    /** How the names of messages begin that are on their way; no mail folder gets such a name. */
    static final String PART = ".part-";

    /** Characters of a file's name that are taken of a mail folder's; well below the 255 bytes that file systems take. */
    private static final int LONGEST = 150;

    private final Path folder;
    private final ArchiveFormat format;
    private final FileChannel lock;
    private final Map<String, Journal.Title> taken = new HashMap<>();
    private final Map<Journal.Title, ArchiveFolder> folders = new HashMap<>();

    private Archive(Path folder, ArchiveFormat format, FileChannel lock) {
        this.folder = folder;
        this.format = format;
        this.lock = lock;
    }

    /**
     * Opens a folder, which is made where there is none.
     *
     * @param mailbox whose messages it is for, the same at each run
     * @throws ArchiveProblem where it cannot be written, is another mailbox's or in use
     */
    public static Archive open(Path folder, ArchiveFormat format, String mailbox) throws ArchiveProblem {
        try {
            return opened(folder, format, mailbox);
        } catch (InvalidPathException e) {
            throw ArchiveProblem.of(e);
        } catch (IOException e) {
            throw ArchiveProblem.of(e);
        }
    }

    private static Archive opened(Path folder, ArchiveFormat format, String mailbox) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new ArchiveProblem(folder + " is a file. Name a folder; it need not exist.");
        }
        Disk.createFolder(folder.resolve(OWN));
        FileChannel lock = locked(folder);
        try {
            Archive archive = new Archive(folder, format, lock);
            archive.identify(format.word() + " " + FileNames.encode(mailbox));
            archive.removeParts();
            archive.readTitles();
            return archive;
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private static FileChannel locked(Path folder) throws IOException {
        FileChannel channel = Disk.open(folder.resolve(OWN).resolve("lock"), StandardOpenOption.CREATE);
        boolean isOurs = false;
        try {
            isOurs = channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            // Another thread of this program holds it.
        } finally {
            if (!isOurs) {
                channel.close();
            }
        }
        if (!isOurs) {
            throw new ArchiveProblem(
                    "another Posthorn is downloading into " + folder + ". Wait for it or name another folder.");
        }
        return channel;
    }

    /** UIDs of one mailbox mean nothing in another. */
    private void identify(String mailbox) throws IOException {
        Path file = folder.resolve(OWN).resolve("mailbox");
        if (!Files.exists(file)) {
            Path part = Disk.temporary(folder.resolve(OWN), PART);
            Files.writeString(part, mailbox + "\n", StandardCharsets.US_ASCII);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        String there = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        if (!there.equals(mailbox)) {
            String[] words = there.split(" ", 2);
            throw new ArchiveProblem(folder + " holds the messages of " + FileNames.decode(words[words.length - 1])
                    + " as " + words[0] + ". Name another folder for this mailbox and format.");
        }
    }

    private void removeParts() throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder.resolve(OWN), PART + "*")) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        }
    }

    private void readTitles() throws IOException {
        try (DirectoryStream<Path> journals = Files.newDirectoryStream(folder.resolve(OWN), "*" + JOURNAL)) {
            for (Path journal : journals) {
                String name = String.valueOf(journal.getFileName());
                Journal.title(journal)
                        .ifPresent(title ->
                                taken.put(lower(name.substring(0, name.length() - JOURNAL.length())), title));
            }
        }
    }

    public ArchiveFormat format() {
        return format;
    }

    /** A place for a message that is on its way. */
    public Spool spool() {
        return new Spool(folder.resolve(OWN));
    }

    /**
     * The place of a mail folder, always the same. Names that a file system may take for the same, and a folder that was numbered
     * anew, get a number behind them.
     *
     * @param name as the server has it
     * @param shown the name in which a person finds it again
     * @param validity UIDVALIDITY, zero where there is none
     */
    public synchronized ArchiveFolder folder(String name, String shown, long validity) {
        return folders.computeIfAbsent(new Journal.Title(name, validity), title -> placed(title, base(shown)));
    }

    private ArchiveFolder placed(Journal.Title title, String base) {
        boolean renumbered = false;
        for (int number = 1; ; number++) {
            String name = number == 1 ? base : base + "~" + number;
            Journal.Title there = taken.get(lower(name));
            renumbered |=
                    there != null && there.folder().equals(title.folder()) && there.validity() != title.validity();
            Path place = folder.resolve(name + format.ending());
            if (there == null ? !Files.exists(place) : there.equals(title)) {
                taken.put(lower(name), title);
                return new ArchiveFolder(place, folder.resolve(OWN).resolve(name + JOURNAL), title, format, renumbered);
            }
        }
    }

    private static String base(String shown) {
        String encoded = FileNames.encode(shown);
        return encoded.length() <= LONGEST
                ? encoded
                : encoded.substring(0, LONGEST).replaceFirst("%[0-9A-F]?$", "").replaceFirst("[. ]+$", "");
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Closes the folders that are open, and lets others have it. */
    @Override
    public void close() throws IOException {
        try (lock) {
            for (ArchiveFolder each : folders.values()) {
                each.close();
            }
        }
    }
}
