package org.posthorn.storage.keychain;

import static org.posthorn.storage.keychain.NativeLibrary.INT;
import static org.posthorn.storage.keychain.NativeLibrary.POINTER;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.posthorn.account.Secret;

/** The calls of libsecret and GLib, and nothing else. */
final class Libsecret {
    private static final int SESSION_BUS = 2;
    private static final Map<String, String> NO_ATTRIBUTES = Map.of();

    private final MethodHandle bus;
    private final MethodHandle exitOnClose;
    private final MethodHandle disconnect;
    private final MethodHandle lookup;
    private final MethodHandle store;
    private final MethodHandle clear;
    private final MethodHandle search;
    private final MethodHandle freePassword;
    private final MethodHandle freeList;
    private final MethodHandle freeError;
    private final MethodHandle nameOfDomain;
    private final MethodHandle newTable;
    private final MethodHandle insert;
    private final MethodHandle freeTable;
    private final MethodHandle newCancellable;
    private final MethodHandle cancel;
    private final MethodHandle unref;
    private final MemorySegment unrefAddress;
    private final MemorySegment hashText;
    private final MemorySegment equalText;
    private final MemorySegment schema;

    Libsecret(NativeLibrary library) {
        bus = library.function("g_bus_get_sync", POINTER, INT, POINTER, POINTER);
        exitOnClose = library.procedure("g_dbus_connection_set_exit_on_close", POINTER, INT);
        disconnect = library.procedure("secret_service_disconnect");
        lookup = library.function("secret_password_lookupv_sync", POINTER, POINTER, POINTER, POINTER, POINTER);
        store = library.function(
                "secret_password_storev_sync", INT, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER);
        clear = library.function("secret_password_clearv_sync", INT, POINTER, POINTER, POINTER, POINTER);
        search = library.function("secret_password_searchv_sync", POINTER, POINTER, POINTER, INT, POINTER, POINTER);
        freePassword = library.procedure("secret_password_free", POINTER);
        freeList = library.procedure("g_list_free_full", POINTER, POINTER);
        freeError = library.procedure("g_error_free", POINTER);
        nameOfDomain = library.function("g_quark_to_string", POINTER, INT);
        newTable = library.function("g_hash_table_new", POINTER, POINTER, POINTER);
        insert = library.function("g_hash_table_insert", INT, POINTER, POINTER, POINTER);
        freeTable = library.procedure("g_hash_table_unref", POINTER);
        newCancellable = library.function("g_cancellable_new", POINTER);
        cancel = library.procedure("g_cancellable_cancel", POINTER);
        unref = library.procedure("g_object_unref", POINTER);
        unrefAddress = library.address("g_object_unref");
        hashText = library.address("g_str_hash");
        equalText = library.address("g_str_equal");
        schema = schema(library.function("secret_schema_newv", POINTER, POINTER, INT, POINTER));
    }

    /** What GLib says went wrong: whose error it is, its number there, and its words. */
    static final class GlibError extends Exception {
        private static final long serialVersionUID = 1L;
        private final String domain;
        private final int code;

        GlibError(String domain, int code, String words) {
            super(words);
            this.domain = domain;
            this.code = code;
        }

        boolean is(String whose, int number) {
            return domain.equals(whose) && code == number;
        }
    }

    /** Connects with the session bus. Without the second call GLib would end this program when the bus goes away. */
    void connect() throws GlibError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(POINTER);
            MemorySegment connection = (MemorySegment) bus.invokeExact(SESSION_BUS, MemorySegment.NULL, error);
            check(error);
            exitOnClose.invokeExact(connection, 0);
            unref.invokeExact(connection);
        } catch (GlibError failure) {
            throw failure;
        } catch (Throwable thrown) {
            throw NativeLibrary.bug(thrown);
        }
    }

    /** Forgets the service, so that the next call looks for it anew. */
    void disconnect() {
        try {
            disconnect.invokeExact();
        } catch (Throwable thrown) {
            throw NativeLibrary.bug(thrown);
        }
    }

    /** The secret with these attributes; the service may ask a person to unlock it. */
    Optional<Secret> lookup(Map<String, String> attributes, MemorySegment limit) throws GlibError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(POINTER);
            MemorySegment table = table(attributes, arena);
            MemorySegment found = (MemorySegment) lookup.invokeExact(schema, table, limit, error);
            freeTable.invokeExact(table);
            check(error);
            if (NativeLibrary.isNull(found)) {
                return Optional.empty();
            }
            Secret secret = Secret.of(NativeLibrary.text(found));
            freePassword.invokeExact(found);
            return Optional.of(secret);
        } catch (GlibError failure) {
            throw failure;
        } catch (Throwable thrown) {
            throw NativeLibrary.bug(thrown);
        }
    }

    /** Whether there is an item with these attributes, locked or not; nobody is asked. */
    boolean exists(Map<String, String> attributes, MemorySegment limit) throws GlibError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(POINTER);
            MemorySegment table = table(attributes, arena);
            MemorySegment items = (MemorySegment) search.invokeExact(schema, table, 0, limit, error);
            freeTable.invokeExact(table);
            check(error);
            boolean any = !NativeLibrary.isNull(items);
            freeList.invokeExact(items, unrefAddress);
            return any;
        } catch (GlibError failure) {
            throw failure;
        } catch (Throwable thrown) {
            throw NativeLibrary.bug(thrown);
        }
    }

    /** Stores a secret in the default collection and answers whether it is there. */
    boolean store(Map<String, String> attributes, String label, Secret secret, MemorySegment limit) throws GlibError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(POINTER);
            MemorySegment table = table(attributes, arena);
            MemorySegment password = arena.allocateFrom(secret.reveal());
            int stored = (int) store.invokeExact(
                    schema, table, MemorySegment.NULL, arena.allocateFrom(label), password, limit, error);
            password.fill((byte) 0);
            freeTable.invokeExact(table);
            check(error);
            return stored != 0;
        } catch (GlibError failure) {
            throw failure;
        } catch (Throwable thrown) {
            throw NativeLibrary.bug(thrown);
        }
    }

    void clear(Map<String, String> attributes, MemorySegment limit) throws GlibError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(POINTER);
            MemorySegment table = table(attributes, arena);
            int _ = (int) clear.invokeExact(schema, table, limit, error);
            freeTable.invokeExact(table);
            check(error);
        } catch (GlibError failure) {
            throw failure;
        } catch (Throwable thrown) {
            throw NativeLibrary.bug(thrown);
        }
    }

    MemorySegment newCancellable() {
        try {
            return (MemorySegment) newCancellable.invokeExact();
        } catch (Throwable thrown) {
            throw NativeLibrary.bug(thrown);
        }
    }

    void cancel(MemorySegment cancellable) {
        try {
            cancel.invokeExact(cancellable);
        } catch (Throwable thrown) {
            throw NativeLibrary.bug(thrown);
        }
    }

    void release(MemorySegment object) {
        try {
            unref.invokeExact(object);
        } catch (Throwable thrown) {
            throw NativeLibrary.bug(thrown);
        }
    }

    /** Every attribute is a text, which is type 0. */
    private MemorySegment schema(MethodHandle create) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment types = table(NO_ATTRIBUTES, arena);
            for (String attribute : LibsecretKeychain.ATTRIBUTES) {
                int _ = (int) insert.invokeExact(types, arena.allocateFrom(attribute), MemorySegment.NULL);
            }
            MemorySegment made =
                    (MemorySegment) create.invokeExact(arena.allocateFrom("org.posthorn.Secret"), 0, types);
            freeTable.invokeExact(types);
            return made;
        } catch (Throwable thrown) {
            throw NativeLibrary.bug(thrown);
        }
    }

    /** A table whose texts live as long as the arena. */
    private MemorySegment table(Map<String, String> entries, Arena arena) throws Throwable {
        MemorySegment table = (MemorySegment) newTable.invokeExact(hashText, equalText);
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            int _ = (int) insert.invokeExact(
                    table,
                    arena.allocateFrom(entry.getKey()),
                    arena.allocateFrom(entry.getValue(), StandardCharsets.UTF_8));
        }
        return table;
    }

    /** A GError is its domain, its code and a pointer to its words. */
    private void check(MemorySegment error) throws Throwable {
        MemorySegment raised = error.get(POINTER, 0);
        if (!NativeLibrary.isNull(raised)) {
            MemorySegment fields = NativeLibrary.behind(raised, 16);
            String domain = NativeLibrary.text((MemorySegment) nameOfDomain.invokeExact(fields.get(INT, 0)));
            GlibError failure = new GlibError(domain, fields.get(INT, 4), NativeLibrary.text(fields.get(POINTER, 8)));
            freeError.invokeExact(raised);
            throw failure;
        }
    }
}
