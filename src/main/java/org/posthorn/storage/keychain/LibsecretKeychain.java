package org.posthorn.storage.keychain;

import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.posthorn.account.Secret;
import org.posthorn.storage.keychain.KeychainRefusal.Reason;
import org.posthorn.storage.keychain.Libsecret.GlibError;

/** The Secret Service of the session (GNOME Keyring, KWallet, KeePassXC), by way of libsecret. */
final class LibsecretKeychain implements Keychain {
    static final List<String> ATTRIBUTES = List.of("application", "name");

    /** How long a person may take to answer when the service asks for its passphrase. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    // SecretError, GIOError and GDBusError
    private static final int LOCKED = 2;
    private static final int NO_SUCH_OBJECT = 3;
    private static final int CANCELLED = 19;
    private static final int ACCESS_DENIED = 9;
    private static final int UNKNOWN_METHOD = 19;
    private static final int UNKNOWN_OBJECT = 41;

    private final Map<String, String> environment;
    private final Duration patience;
    private Optional<Libsecret> loaded = Optional.empty();
    private boolean answeredBefore;

    LibsecretKeychain(Map<String, String> environment) {
        this(environment, PATIENCE);
    }

    LibsecretKeychain(Map<String, String> environment, Duration patience) {
        this.environment = environment;
        this.patience = patience;
    }

    @Override
    public Optional<Secret> find(String name) throws KeychainRefusal {
        return ask((libsecret, limit) -> {
            Optional<Secret> found = libsecret.lookup(attributes(name), limit);
            if (found.isEmpty() && libsecret.exists(attributes(name), limit)) {
                throw locked();
            }
            return found;
        });
    }

    @Override
    public void put(String name, Secret secret) throws KeychainRefusal {
        ask((libsecret, limit) -> {
            if (!libsecret.store(attributes(name), SERVICE + " " + name, secret, limit)) {
                throw locked();
            }
            return secret;
        });
    }

    /** Looks first, so that nobody is asked to unlock what is not there. */
    @Override
    public void remove(String name) throws KeychainRefusal {
        ask((libsecret, limit) -> {
            if (libsecret.exists(attributes(name), limit)) {
                libsecret.clear(attributes(name), limit);
                if (libsecret.exists(attributes(name), limit)) {
                    throw locked();
                }
            }
            return name;
        });
    }

    private interface Call<T> {
        T apply(Libsecret libsecret, MemorySegment limit) throws GlibError, KeychainRefusal;
    }

    private synchronized <T> T ask(Call<T> call) throws KeychainRefusal {
        Libsecret libsecret = library();
        try (Limit limit = new Limit(libsecret, patience)) {
            libsecret.connect();
            T answer = call.apply(libsecret, limit.cancellable);
            answeredBefore = true;
            return answer;
        } catch (GlibError error) {
            libsecret.disconnect();
            throw refusal(error);
        }
    }

    /** Asks for a bus before anything is loaded: GLib would start one where it finds none. */
    private Libsecret library() throws KeychainRefusal {
        if (!hasSessionBus()) {
            throw new KeychainRefusal(Reason.MISSING, "This session has no keychain: it has no session bus.");
        }
        if (loaded.isEmpty()) {
            loaded = NativeLibrary.open("libsecret-1.so.0").map(Libsecret::new);
        }
        return loaded.orElseThrow(() -> new KeychainRefusal(
                Reason.MISSING,
                "The keychain cannot be reached, since libsecret is not installed; install the package libsecret-1-0"
                        + " (Debian, Ubuntu) or libsecret (Fedora)."));
    }

    private boolean hasSessionBus() {
        return !environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", "").isBlank()
                || Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
                        .filter(folder -> Files.exists(Path.of(folder, "bus")))
                        .isPresent();
    }

    private KeychainRefusal refusal(GlibError error) {
        if (error.is("secret-error", LOCKED) || error.is("g-io-error-quark", CANCELLED)) {
            return locked();
        }
        if (error.is("secret-error", NO_SUCH_OBJECT)
                || error.is("g-dbus-error-quark", UNKNOWN_OBJECT)
                || error.is("g-dbus-error-quark", UNKNOWN_METHOD)) {
            return new KeychainRefusal(
                    Reason.MISSING,
                    "The keychain has no collection to keep anything in; create one with the keychain's own program.");
        }
        if (error.is("g-dbus-error-quark", ACCESS_DENIED)) {
            return new KeychainRefusal(Reason.DENIED, "The keychain denies the access: " + words(error) + ".");
        }
        return answeredBefore
                ? new KeychainRefusal(Reason.VANISHED, "The keychain does not answer any more: " + words(error) + ".")
                : new KeychainRefusal(
                        Reason.MISSING, "This session has no keychain that answers: " + words(error) + ".");
    }

    private static KeychainRefusal locked() {
        return new KeychainRefusal(
                Reason.LOCKED, "The keychain is locked, and it was not unlocked; unlock it and try again.");
    }

    private static String words(GlibError error) {
        return String.valueOf(error.getMessage()).strip().replaceFirst("\\.$", "");
    }

    private static Map<String, String> attributes(String name) {
        return Map.of(ATTRIBUTES.getFirst(), SERVICE, ATTRIBUTES.getLast(), name);
    }

    /** Ends a call whose question nobody answers. */
    private static final class Limit implements AutoCloseable {
        private final Libsecret libsecret;
        private final MemorySegment cancellable;
        private final CompletableFuture<Void> timer;
        private boolean over;

        Limit(Libsecret libsecret, Duration patience) {
            this.libsecret = libsecret;
            cancellable = libsecret.newCancellable();
            timer = CompletableFuture.runAsync(
                    this::cancel, CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
        }

        private synchronized void cancel() {
            if (!over) {
                libsecret.cancel(cancellable);
            }
        }

        @Override
        public synchronized void close() {
            over = true;
            timer.cancel(false);
            libsecret.release(cancellable);
        }
    }
}
