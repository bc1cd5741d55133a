package org.posthorn.storage.keychain;

import static org.posthorn.storage.keychain.NativeLibrary.INT;
import static org.posthorn.storage.keychain.NativeLibrary.POINTER;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.posthorn.account.Secret;
import org.posthorn.storage.keychain.KeychainRefusal.Reason;

/** The Credential Manager of Windows: generic credentials of this user on this machine. */
final class WindowsKeychain implements Keychain {
    private static final int GENERIC = 1;
    private static final int LOCAL_MACHINE = 2;

    /** CRED_MAX_CREDENTIAL_BLOB_SIZE of wincred.h, in bytes. */
    private static final int LONGEST = 5 * 512;

    private static final int ACCESS_DENIED = 5;
    private static final int NOT_FOUND = 1168;
    private static final int NO_SUCH_LOGON_SESSION = 1312;

    // Where the fields of a CREDENTIALW lie on a 64-bit system; those that are left out stay zero.
    private static final int SIZE = 80;
    private static final int TYPE = 4;
    private static final int TARGET = 8;
    private static final int BLOB_SIZE = 32;
    private static final int BLOB = 40;
    private static final int PERSIST = 48;
    private static final int USER = 72;

    private Optional<Calls> loaded = Optional.empty();

    /** The calls; but for the last each answers whether it succeeded and leaves the error of its thread. */
    private record Calls(MethodHandle read, MethodHandle write, MethodHandle delete, MethodHandle free) {
        static Calls of(NativeLibrary advapi) {
            return new Calls(
                    advapi.functionWithLastError("CredReadW", INT, POINTER, INT, INT, POINTER),
                    advapi.functionWithLastError("CredWriteW", INT, POINTER, INT),
                    advapi.functionWithLastError("CredDeleteW", INT, POINTER, INT, INT),
                    advapi.procedure("CredFree", POINTER));
        }
    }

    @Override
    public synchronized Optional<Secret> find(String name) throws KeychainRefusal {
        Calls calls = calls();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = error(arena);
            MemorySegment found = arena.allocate(POINTER);
            int done = (int) calls.read().invokeExact(error, target(name, arena), GENERIC, 0, found);
            if (done == 0) {
                checkAllBut(NOT_FOUND, error);
                return Optional.empty();
            }
            MemorySegment credential = found.get(POINTER, 0);
            MemorySegment fields = NativeLibrary.behind(credential, SIZE);
            byte[] bytes = NativeLibrary.behind(fields.get(POINTER, BLOB), fields.get(INT, BLOB_SIZE))
                    .toArray(ValueLayout.JAVA_BYTE);
            calls.free().invokeExact(credential);
            return Optional.of(Secret.of(new String(bytes, StandardCharsets.UTF_8)));
        } catch (KeychainRefusal refusal) {
            throw refusal;
        } catch (Throwable thrown) {
            throw NativeLibrary.bug(thrown);
        }
    }

    @Override
    public synchronized void put(String name, Secret secret) throws KeychainRefusal {
        Calls calls = calls();
        byte[] bytes = secret.reveal().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST) {
            throw new KeychainRefusal(
                    Reason.TOO_LONG,
                    "The keychain of Windows takes secrets of at most " + LONGEST
                            + " bytes, and one of this account is longer; keep them in the vault.");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = error(arena);
            MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            MemorySegment fields = arena.allocate(SIZE, 8);
            fields.set(INT, TYPE, GENERIC);
            fields.set(POINTER, TARGET, target(name, arena));
            fields.set(INT, BLOB_SIZE, bytes.length);
            fields.set(POINTER, BLOB, data);
            fields.set(INT, PERSIST, LOCAL_MACHINE);
            fields.set(POINTER, USER, arena.allocateFrom(SERVICE, StandardCharsets.UTF_16LE));
            int done = (int) calls.write().invokeExact(error, fields, 0);
            data.fill((byte) 0);
            if (done == 0) {
                checkAllBut(0, error);
            }
        } catch (KeychainRefusal refusal) {
            throw refusal;
        } catch (Throwable thrown) {
            throw NativeLibrary.bug(thrown);
        }
    }

    @Override
    public synchronized void remove(String name) throws KeychainRefusal {
        Calls calls = calls();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = error(arena);
            int done = (int) calls.delete().invokeExact(error, target(name, arena), GENERIC, 0);
            if (done == 0) {
                checkAllBut(NOT_FOUND, error);
            }
        } catch (KeychainRefusal refusal) {
            throw refusal;
        } catch (Throwable thrown) {
            throw NativeLibrary.bug(thrown);
        }
    }

    private Calls calls() throws KeychainRefusal {
        if (loaded.isEmpty()) {
            loaded = NativeLibrary.open("advapi32").map(Calls::of);
        }
        return loaded.orElseThrow(() ->
                new KeychainRefusal(Reason.MISSING, "The keychain of Windows cannot be reached on this machine."));
    }

    private static MemorySegment error(Arena arena) {
        return arena.allocate(Linker.Option.captureStateLayout());
    }

    private static MemorySegment target(String name, Arena arena) {
        return arena.allocateFrom(SERVICE + "/" + name, StandardCharsets.UTF_16LE);
    }

    private static void checkAllBut(int expected, MemorySegment error) throws KeychainRefusal {
        long offset = Linker.Option.captureStateLayout().byteOffset(PathElement.groupElement("GetLastError"));
        int code = error.get(INT, offset);
        if (code == expected) {
            return;
        }
        throw switch (code) {
            case ACCESS_DENIED -> new KeychainRefusal(Reason.DENIED, "Windows denied the access to the keychain.");
            case NO_SUCH_LOGON_SESSION ->
                new KeychainRefusal(Reason.MISSING, "This session has no keychain: nobody is logged in to Windows.");
            default -> new KeychainRefusal(Reason.VANISHED, "The keychain does not answer (error " + code + ").");
        };
    }
}
