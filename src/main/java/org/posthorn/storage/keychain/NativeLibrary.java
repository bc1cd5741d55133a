package org.posthorn.storage.keychain;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** A library of the operating system. The one class whose mistakes can end the JVM, hence the compiler's warning. */
@SuppressWarnings("restricted")
final class NativeLibrary {
    static final AddressLayout POINTER = ValueLayout.ADDRESS;
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private final SymbolLookup symbols;

    private NativeLibrary(SymbolLookup symbols) {
        this.symbols = symbols;
    }

    /** Loads a library for good; empty when the system has none of that name. */
    static Optional<NativeLibrary> open(String name) {
        try {
            return Optional.of(new NativeLibrary(SymbolLookup.libraryLookup(name, Arena.global())));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    MemorySegment address(String symbol) {
        return symbols.findOrThrow(symbol);
    }

    MethodHandle function(String symbol, MemoryLayout result, MemoryLayout... arguments) {
        return Linker.nativeLinker().downcallHandle(address(symbol), FunctionDescriptor.of(result, arguments));
    }

    /** A function that also hands over the calling thread's last error, as Windows keeps it. */
    MethodHandle functionWithLastError(String symbol, MemoryLayout result, MemoryLayout... arguments) {
        return Linker.nativeLinker()
                .downcallHandle(
                        address(symbol),
                        FunctionDescriptor.of(result, arguments),
                        Linker.Option.captureCallState("GetLastError"));
    }

    MethodHandle procedure(String symbol, MemoryLayout... arguments) {
        return Linker.nativeLinker().downcallHandle(address(symbol), FunctionDescriptor.ofVoid(arguments));
    }

    /** What a pointer of the system points at. */
    static MemorySegment behind(MemorySegment pointer, long bytes) {
        return pointer.reinterpret(bytes);
    }

    /** The text that ends with a NUL where a pointer points. */
    static String text(MemorySegment pointer) {
        return pointer.reinterpret(Long.MAX_VALUE).getString(0);
    }

    static boolean isNull(MemorySegment pointer) {
        return pointer.address() == 0;
    }

    /** A call throws nothing of its own: what comes is a mistake in its description. */
    static IllegalStateException bug(Throwable thrown) {
        return new IllegalStateException("a call of the operating system is described wrongly", thrown);
    }
}
