package io.consort.runtime.backend.cuda.driver;

import static io.consort.runtime.backend.cuda.driver.Library.INT;
import static io.consort.runtime.backend.cuda.driver.Library.WORD;
import static io.consort.runtime.backend.cuda.driver.Status.check;

import java.lang.invoke.MethodHandle;

/** The driver's launches, called without JCuda: they cost half as much, and it lacks the newer one. */
final class LaunchCalls {

    private static final Library DRIVER = Library.requireDriver();

    private static final MethodHandle LAUNCH =
            DRIVER.function(
                    "cuLaunchKernel", WORD, INT, INT, INT, INT, INT, INT, INT, WORD, WORD, WORD);

    private static final MethodHandle LAUNCH_WITH_ATTRIBUTES =
            DRIVER.function("cuLaunchKernelEx", WORD, WORD, WORD, WORD);

    private LaunchCalls() {}

    static void launch(long function, Grid grid, long stream, long parameters) {
        int result;
        try {
            result =
                    (int)
                            LAUNCH.invokeExact(
                                    function,
                                    grid.x(),
                                    grid.y(),
                                    grid.z(),
                                    grid.blockX(),
                                    grid.blockY(),
                                    grid.blockZ(),
                                    grid.sharedBytes(),
                                    stream,
                                    parameters,
                                    0L);
        } catch (Throwable failure) {
            throw Library.broken(failure);
        }
        check(result, "cuLaunchKernel");
    }

    static void launch(long configuration, long function, long parameters) {
        int result;
        try {
            result =
                    (int)
                            LAUNCH_WITH_ATTRIBUTES.invokeExact(
                                    configuration, function, parameters, 0L);
        } catch (Throwable failure) {
            throw Library.broken(failure);
        }
        check(result, "cuLaunchKernelEx");
    }
}
