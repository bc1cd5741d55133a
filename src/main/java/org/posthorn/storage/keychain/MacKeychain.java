package org.posthorn.storage.keychain;

import static org.posthorn.storage.keychain.NativeLibrary.INT;
import static org.posthorn.storage.keychain.NativeLibrary.POINTER;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.posthorn.account.Secret;
import org.posthorn.storage.keychain.KeychainRefusal.Reason;

/** The login keychain of macOS, by the calls of the Security framework. */
final class MacKeychain implements Keychain {
    private static final String FRAMEWORK = "/System/Library/Frameworks/Security.framework/Security";

    // errSec… of SecBase.h
    private static final int OK = 0;
    private static final int USER_CANCELED = -128;
    private static final int NOT_AVAILABLE = -25291;
    private static final int AUTH_FAILED = -25293;
    private static final int NO_SUCH_KEYCHAIN = -25294;
    private static final int ITEM_NOT_FOUND = -25300;
    private static final int NO_DEFAULT_KEYCHAIN = -25307;
    private static final int INTERACTION_NOT_ALLOWED = -25308;

    private Optional<Calls> loaded = Optional.empty();

    /** The four calls; each answers with a status. */
    private record Calls(
            MethodHandle find, MethodHandle add, MethodHandle modify, MethodHandle delete, MethodHandle free) {
        static Calls of(NativeLibrary security) {
            return new Calls(
                    security.function(
                            "SecKeychainFindGenericPassword",
                            INT,
                            POINTER,
                            INT,
                            POINTER,
                            INT,
                            POINTER,
                            POINTER,
                            POINTER,
                            POINTER),
                    security.function(
                            "SecKeychainAddGenericPassword",
                            INT,
                            POINTER,
                            INT,
                            POINTER,
                            INT,
                            POINTER,
                            INT,
                            POINTER,
                            POINTER),
                    security.function("SecKeychainItemModifyAttributesAndData", INT, POINTER, POINTER, INT, POINTER),
                    security.function("SecKeychainItemDelete", INT, POINTER),
                    security.function("SecKeychainItemFreeContent", INT, POINTER, POINTER));
        }
    }

    @Override
    public synchronized Optional<Secret> find(String name) throws KeychainRefusal {
        Calls calls = calls();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocate(INT);
            MemorySegment data = arena.allocate(POINTER);
            int status = find(calls, name, length, data, MemorySegment.NULL, arena);
            if (status != OK) {
                return nothing(status);
            }
            MemorySegment pointer = data.get(POINTER, 0);
            byte[] bytes = NativeLibrary.behind(pointer, length.get(INT, 0)).toArray(ValueLayout.JAVA_BYTE);
            int _ = (int) calls.free().invokeExact(MemorySegment.NULL, pointer);
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
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = secret.reveal().getBytes(StandardCharsets.UTF_8);
            MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            MemorySegment item = arena.allocate(POINTER);
            int status = find(calls, name, MemorySegment.NULL, MemorySegment.NULL, item, arena);
            if (status == OK) {
                status = (int) calls.modify().invokeExact(item.get(POINTER, 0), MemorySegment.NULL, bytes.length, data);
            } else if (status == ITEM_NOT_FOUND) {
                status = add(calls, name, data, arena);
            }
            data.fill((byte) 0);
            check(status);
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
            MemorySegment item = arena.allocate(POINTER);
            int status = find(calls, name, MemorySegment.NULL, MemorySegment.NULL, item, arena);
            if (status == OK) {
                check((int) calls.delete().invokeExact(item.get(POINTER, 0)));
            } else if (status != ITEM_NOT_FOUND) {
                check(status);
            }
        } catch (KeychainRefusal refusal) {
            throw refusal;
        } catch (Throwable thrown) {
            throw NativeLibrary.bug(thrown);
        }
    }

    private static int find(
            Calls calls, String name, MemorySegment length, MemorySegment data, MemorySegment item, Arena arena)
            throws Throwable {
        MemorySegment service = arena.allocateFrom(SERVICE);
        MemorySegment account = arena.allocateFrom(name);
        return (int) calls.find()
                .invokeExact(
                        MemorySegment.NULL,
                        (int) service.byteSize() - 1,
                        service,
                        (int) account.byteSize() - 1,
                        account,
                        length,
                        data,
                        item);
    }

    private static int add(Calls calls, String name, MemorySegment data, Arena arena) throws Throwable {
        MemorySegment service = arena.allocateFrom(SERVICE);
        MemorySegment account = arena.allocateFrom(name);
        return (int) calls.add()
                .invokeExact(
                        MemorySegment.NULL,
                        (int) service.byteSize() - 1,
                        service,
                        (int) account.byteSize() - 1,
                        account,
                        (int) data.byteSize(),
                        data,
                        MemorySegment.NULL);
    }

    private Calls calls() throws KeychainRefusal {
        if (loaded.isEmpty()) {
            loaded = NativeLibrary.open(FRAMEWORK).map(Calls::of);
        }
        return loaded.orElseThrow(
                () -> new KeychainRefusal(Reason.MISSING, "The keychain of macOS cannot be reached on this machine."));
    }

    private static Optional<Secret> nothing(int status) throws KeychainRefusal {
        if (status != ITEM_NOT_FOUND) {
            check(status);
        }
        return Optional.empty();
    }

    private static void check(int status) throws KeychainRefusal {
        switch (status) {
            case OK -> {}
            case USER_CANCELED, AUTH_FAILED ->
                throw new KeychainRefusal(
                        Reason.DENIED, "The keychain denied the access; allow it for Posthorn and try again.");
            case INTERACTION_NOT_ALLOWED ->
                throw new KeychainRefusal(
                        Reason.LOCKED, "The keychain is locked, and this session cannot ask; unlock it and try again.");
            case NOT_AVAILABLE, NO_SUCH_KEYCHAIN, NO_DEFAULT_KEYCHAIN ->
                throw new KeychainRefusal(Reason.MISSING, "This session has no keychain (status " + status + ").");
            default ->
                throw new KeychainRefusal(Reason.VANISHED, "The keychain does not answer (status " + status + ").");
        }
    }
}
