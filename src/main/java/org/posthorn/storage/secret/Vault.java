package org.posthorn.storage.secret;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthorn.account.Secret;
import org.posthorn.storage.FolderLock;
import org.posthorn.storage.WholeFile;
import org.posthorn.storage.secret.SecretProblem.Kind;

/**
 * Posthorn's own place for secrets, one encrypted file that a passphrase opens. The passphrase itself is not remembered, only
 * the key that it makes, and that in memory alone.
 *
 * <p>Reading looks at the file anew each time; writing takes the lock and changes only the account it is about, so that the
 * window and the terminal can work on one vault at the same time.
 */
public final class Vault implements SecretStore {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WholeFile file;
    private final VaultCost cost;
    private final Duration patience;
    private Optional<VaultKey> key = Optional.empty();

    /** How a vault stands. */
    public enum State {
        /** There is no file yet. */
        ABSENT,
        /** Its passphrase is needed. */
        LOCKED,
        /** Its secrets can be had. */
        OPEN
    }

    public Vault(Path path) {
        this(path, VaultCost.usual(), PATIENCE);
    }

    Vault(Path path, VaultCost cost, Duration patience) {
        file = new WholeFile(path);
        this.cost = cost;
        this.patience = patience;
    }

    /** How it stands, as far as can be said without reading it. */
    public synchronized State state() {
        if (!file.exists()) {
            return State.ABSENT;
        }
        return key.isPresent() ? State.OPEN : State.LOCKED;
    }

    /** Makes an empty vault and leaves it open. */
    public synchronized VaultOpening create(Secret passphrase) {
        try (FolderLock _ = lock()) {
            if (file.exists()) {
                return new VaultOpening.Failed(
                        "There is a vault already, made by another program meanwhile; open it with its passphrase.");
            }
            VaultKey made = VaultKey.fresh(passphrase, cost);
            file.write(VaultFile.encrypted(made, VaultContent.empty()).bytes());
            key = Optional.of(made);
            return new VaultOpening.Opened();
        } catch (IOException e) {
            return failed("cannot be written", e);
        }
    }

    /** Opens it; its passphrase takes about as long to try as a person takes to notice. */
    public synchronized VaultOpening open(Secret passphrase) {
        try {
            return switch (read()) {
                case VaultFile.Read.Newer(int schema) -> new VaultOpening.Failed(newer(schema));
                case VaultFile.Read.Damaged() -> new VaultOpening.Failed(damaged());
                case VaultFile.Read.Vault(VaultFile there) -> open(there, passphrase);
            };
        } catch (IOException e) {
            return failed("cannot be read", e);
        }
    }

    /** Encrypts the vault anew under another passphrase; other programs that have it open need the new one. */
    public synchronized VaultOpening changePassphrase(Secret present, Secret next) {
        VaultOpening opening = open(present);
        if (!(opening instanceof VaultOpening.Opened)) {
            return opening;
        }
        try (FolderLock _ = lock()) {
            Content there = content();
            if (there instanceof Content.Lost(SecretProblem problem)) {
                return new VaultOpening.Failed(problem.sentence());
            }
            VaultKey made = VaultKey.fresh(next, cost);
            file.write(VaultFile.encrypted(made, ((Content.Decrypted) there).content())
                    .bytes());
            key = Optional.of(made);
            return opening;
        } catch (IOException e) {
            return failed("cannot be written", e);
        }
    }

    /** Forgets the key. */
    public synchronized void lockUp() {
        key = Optional.empty();
    }

    @Override
    public synchronized Recalled recall(String account) {
        try {
            return switch (content()) {
                case Content.Decrypted(VaultContent content) -> new Recalled.Found(content.secrets(account));
                case Content.Lost(SecretProblem problem) -> new Recalled.Unavailable(problem);
            };
        } catch (IOException e) {
            return new Recalled.Unavailable(
                    new SecretProblem(Kind.VANISHED, failed("cannot be read", e).sentence()));
        }
    }

    @Override
    public synchronized Kept keep(String account, Map<SecretKey, Secret> secrets, Set<SecretKey> obsolete) {
        if (secrets.isEmpty() && !file.exists()) {
            return new Kept.Done("");
        }
        try (FolderLock _ = lock()) {
            file.removeLeftovers();
            return switch (content()) {
                case Content.Lost(SecretProblem problem) -> new Kept.Refused(problem);
                case Content.Decrypted(VaultContent content) -> {
                    content.change(account, secrets, obsolete);
                    file.write(VaultFile.encrypted(key.orElseThrow(), content).bytes());
                    yield new Kept.Done("");
                }
            };
        } catch (IOException e) {
            return new Kept.Refused(new SecretProblem(
                    Kind.DENIED, failed("cannot be written", e).sentence()));
        }
    }

    private sealed interface Content {
        record Decrypted(VaultContent content) implements Content {}

        record Lost(SecretProblem problem) implements Content {}
    }

    private Content content() throws IOException {
        if (!file.exists()) {
            key = Optional.empty();
            return lost(
                    Kind.MISSING, "There is no vault in " + file.path() + "; create one, or keep no secrets in it.");
        }
        if (key.isEmpty()) {
            return lost(Kind.LOCKED, "The vault is locked; open it with its passphrase.");
        }
        return switch (read()) {
            case VaultFile.Read.Newer(int schema) -> lost(Kind.DAMAGED, newer(schema));
            case VaultFile.Read.Damaged() -> lost(Kind.DAMAGED, damaged());
            case VaultFile.Read.Vault(VaultFile there) -> content(there, key.get());
        };
    }

    private Content content(VaultFile there, VaultKey mine) {
        if (!there.isOf(mine)) {
            key = Optional.empty();
            return lost(
                    Kind.LOCKED,
                    "The vault's passphrase was changed by another program; open it with the one it has now.");
        }
        return there.decrypted(mine)
                .<Content>map(Content.Decrypted::new)
                .orElseGet(() -> lost(Kind.DAMAGED, damaged()));
    }

    private VaultOpening open(VaultFile there, Secret passphrase) {
        VaultKey tried = there.key(passphrase);
        if (!there.isOf(tried)) {
            return new VaultOpening.WrongPassphrase("This is not the passphrase of the vault; type it again.");
        }
        if (there.decrypted(tried).isEmpty()) {
            return new VaultOpening.Failed(damaged());
        }
        key = Optional.of(tried);
        return new VaultOpening.Opened();
    }

    private VaultFile.Read read() throws IOException {
        return VaultFile.read(file.read());
    }

    private FolderLock lock() throws IOException {
        Path lock = file.path().resolveSibling(file.path().getFileName() + ".lock");
        WholeFile.createFolder(lock.toAbsolutePath().resolveSibling(""));
        return FolderLock.take(lock, patience);
    }

    private static Content.Lost lost(Kind kind, String sentence) {
        return new Content.Lost(new SecretProblem(kind, sentence));
    }

    private String newer(int schema) {
        return "The vault " + file.path() + " was written by a later version of Posthorn (schema " + schema
                + "); use that version.";
    }

    private String damaged() {
        return "The vault " + file.path()
                + " is damaged or was changed by another hand; put a copy of it back, or move it away and create a new"
                + " one.";
    }

    private VaultOpening.Failed failed(String what, IOException reason) {
        String words = switch (reason) {
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case NoSuchFileException _ -> "it is not there any more";
            default -> String.valueOf(reason.getMessage());
        };
        return new VaultOpening.Failed("The vault " + file.path() + " " + what + ": " + words + ".");
    }
}
