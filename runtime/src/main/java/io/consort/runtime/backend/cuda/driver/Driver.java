package io.consort.runtime.backend.cuda.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.OptionalInt;
import jcuda.driver.JCudaDriver;

/** Whether this machine has a driver, asked without needing one. */
public final class Driver {

    /** The functions that are called here came with this version: CUDA 12.0. */
    public static final int OLDEST = 12_000;

    private Driver() {}

    /**
     * The version of CUDA that the installed driver supports, a thousand times the major number plus
     * ten times the minor one; empty without a driver.
     */
    public static OptionalInt version() {
        return Library.driver()
                .map(library -> OptionalInt.of(version(library)))
                .orElseGet(OptionalInt::empty);
    }

    private static int version(Library library) {
        MethodHandle get = library.function("cuDriverGetVersion", Library.WORD);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment version = arena.allocate(ValueLayout.JAVA_INT);
            int result = (int) get.invokeExact(version.address());
            return result == 0 ? version.get(ValueLayout.JAVA_INT, 0) : 0;
        } catch (Throwable failure) {
            throw Library.broken(failure);
        }
    }

    /**
     * Loads JCuda's native library.
     *
     * @return what went wrong, when it cannot be loaded
     */
    public static Optional<String> bindingProblem() {
        try {
            JCudaDriver.setExceptionsEnabled(false);
            return Optional.empty();
        } catch (LinkageError failure) {
            String text = String.valueOf(failure.getMessage()).strip();
            return Optional.of(text.lines().findFirst().orElse(failure.getClass().getSimpleName()));
        }
    }
}
