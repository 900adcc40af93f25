package io.consort.runtime.backend.cuda.driver;

import static io.consort.runtime.backend.cuda.driver.Library.INT;
import static io.consort.runtime.backend.cuda.driver.Library.WORD;
import static io.consort.runtime.backend.cuda.driver.Status.check;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The driver's calls for mapped and pinned memory, whose structures and sizes JCuda does not pass on whole. */
final class MemoryCalls {

    private static final Library DRIVER = Library.requireDriver();

    private static final MethodHandle GRANULARITY =
            DRIVER.function("cuMemGetAllocationGranularity", WORD, WORD, INT);
    private static final MethodHandle CREATE =
            DRIVER.function("cuMemCreate", WORD, WORD, WORD, WORD);
    private static final MethodHandle RELEASE = DRIVER.function("cuMemRelease", WORD);
    private static final MethodHandle RESERVE =
            DRIVER.function("cuMemAddressReserve", WORD, WORD, WORD, WORD, WORD);
    private static final MethodHandle FREE_ADDRESS =
            DRIVER.function("cuMemAddressFree", WORD, WORD);
    private static final MethodHandle MAP =
            DRIVER.function("cuMemMap", WORD, WORD, WORD, WORD, WORD);
    private static final MethodHandle UNMAP = DRIVER.function("cuMemUnmap", WORD, WORD);
    private static final MethodHandle SET_ACCESS =
            DRIVER.function("cuMemSetAccess", WORD, WORD, WORD, WORD);
    private static final MethodHandle HOST_ALLOCATE =
            DRIVER.function("cuMemHostAlloc", WORD, WORD, INT);
    private static final MethodHandle HOST_FREE = DRIVER.function("cuMemFreeHost", WORD);
    private static final MethodHandle HOST_REGISTER =
            DRIVER.function("cuMemHostRegister_v2", WORD, WORD, INT);
    private static final MethodHandle HOST_UNREGISTER =
            DRIVER.function("cuMemHostUnregister", WORD);

    private static final int PINNED = 1;
    private static final int ON_DEVICE = 1;
    private static final int READ_AND_WRITE = 3;
    private static final int PORTABLE = 1;
    private static final int PROPERTIES_BYTES = 32;
    private static final int LOCATION = 8;

    private MemoryCalls() {}

    static long granularity(int device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
            run(
                    "cuMemGetAllocationGranularity",
                    () ->
                            (int)
                                    GRANULARITY.invokeExact(
                                            result.address(), properties(arena, device), 0));
            return result.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    static long create(int device, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
            run(
                    "cuMemCreate",
                    () ->
                            (int)
                                    CREATE.invokeExact(
                                            result.address(),
                                            bytes,
                                            properties(arena, device),
                                            0L));
            return result.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    static void release(long handle) {
        run("cuMemRelease", () -> (int) RELEASE.invokeExact(handle));
    }

    static long reserve(long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
            run(
                    "cuMemAddressReserve",
                    () -> (int) RESERVE.invokeExact(result.address(), bytes, 0L, 0L, 0L));
            return result.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    static void freeAddress(long address, long bytes) {
        run("cuMemAddressFree", () -> (int) FREE_ADDRESS.invokeExact(address, bytes));
    }

    static void map(long address, long bytes, long handle) {
        run("cuMemMap", () -> (int) MAP.invokeExact(address, bytes, 0L, handle, 0L));
    }

    static void unmap(long address, long bytes) {
        run("cuMemUnmap", () -> (int) UNMAP.invokeExact(address, bytes));
    }

    static void allow(int device, long address, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment access =
                    arena.allocateFrom(ValueLayout.JAVA_INT, ON_DEVICE, device, READ_AND_WRITE);
            run(
                    "cuMemSetAccess",
                    () -> (int) SET_ACCESS.invokeExact(address, bytes, access.address(), 1L));
        }
    }

    static long hostAllocate(long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
            run(
                    "cuMemHostAlloc",
                    () -> (int) HOST_ALLOCATE.invokeExact(result.address(), bytes, PORTABLE));
            return result.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    static void hostFree(long address) {
        run("cuMemFreeHost", () -> (int) HOST_FREE.invokeExact(address));
    }

    static void hostRegister(long address, long bytes) {
        run("cuMemHostRegister", () -> (int) HOST_REGISTER.invokeExact(address, bytes, PORTABLE));
    }

    static void hostUnregister(long address) {
        run("cuMemHostUnregister", () -> (int) HOST_UNREGISTER.invokeExact(address));
    }

    /** CUmemAllocationProp: pinned memory of one device. */
    private static long properties(Arena arena, int device) {
        MemorySegment properties = arena.allocate(PROPERTIES_BYTES, Long.BYTES);
        properties.set(ValueLayout.JAVA_INT, 0, PINNED);
        properties.set(ValueLayout.JAVA_INT, LOCATION, ON_DEVICE);
        properties.set(ValueLayout.JAVA_INT, LOCATION + Integer.BYTES, device);
        return properties.address();
    }

    private interface Call {
        int make() throws Throwable;
    }

    private static void run(String name, Call call) {
        int result;
        try {
            result = call.make();
        } catch (Throwable failure) {
            throw Library.broken(failure);
        }
        check(result, name);
    }
}
