package io.consort.runtime.backend.cuda.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** A native library whose functions answer with an int. It stays loaded for the life of the process. */
final class Library {

    /** A pointer, a handle or a size. */
    static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private static final String DRIVER = "libcuda.so.1";

    private final String name;
    private final SymbolLookup symbols;

    private Library(String name, SymbolLookup symbols) {
        this.name = name;
        this.symbols = symbols;
    }

    /** Looks a library up by its name on the loader's path, or by its absolute path. */
    @SuppressWarnings("restricted") // Native libraries are what this class is for.
    static Optional<Library> find(String name) {
        try {
            return Optional.of(new Library(name, SymbolLookup.libraryLookup(name, Arena.global())));
        } catch (IllegalArgumentException notThere) {
            return Optional.empty();
        }
    }

    /** The driver's library. */
    static Optional<Library> driver() {
        return find(DRIVER);
    }

    /** The driver's library, where the probe has found it. */
    static Library requireDriver() {
        return driver().orElseThrow(() -> new IllegalStateException(DRIVER + " is missing"));
    }

    String name() {
        return name;
    }

    /** A function whose result is an int. */
    @SuppressWarnings("restricted") // Native functions are what this class is for.
    MethodHandle function(String function, MemoryLayout... parameters) {
        return Linker.nativeLinker()
                .downcallHandle(
                        symbols.find(function)
                                .orElseThrow(() ->
                                        new IllegalStateException(
                                                "%s has no %s; update the NVIDIA driver"
                                                        .formatted(name, function))),
                        FunctionDescriptor.of(INT, parameters));
    }

    /** A function of the system's own library. */
    @SuppressWarnings("restricted") // Native functions are what this class is for.
    static MethodHandle function(MemoryLayout result, String function, MemoryLayout... parameters) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(function),
                FunctionDescriptor.of(result, parameters));
    }

    /** What a call that throws without being a function's answer is: a defect. */
    static IllegalStateException broken(Throwable failure) {
        return new IllegalStateException("a native call could not be made", failure);
    }
}
