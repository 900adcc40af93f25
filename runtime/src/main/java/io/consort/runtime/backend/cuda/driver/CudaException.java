package io.consort.runtime.backend.cuda.driver;

import io.consort.runtime.backend.DeviceFailure;
import java.util.Set;

/** A call of the driver, or of a library beside it, failed. The message names the call, the error and the remedy. */
public final class CudaException extends RuntimeException implements DeviceFailure {

    private static final long serialVersionUID = 1L;

    private static final int OUT_OF_MEMORY = 2;

    /** Errors after which nothing works in this process's context any more. */
    private static final Set<Integer> STICKY =
            Set.of(
                    46, 101, 201, 214, 220, 226, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719,
                    999);

    private final String call;
    private final int code;

    CudaException(String call, int code, String name, String remedy) {
        super("%s failed with %s; %s".formatted(call, name, remedy));
        this.call = call;
        this.code = code;
    }

    /** The function that failed. */
    public String call() {
        return call;
    }

    /** The library's error code. */
    public int code() {
        return code;
    }

    /** Whether the device, or the host, has no memory left; nothing else has changed. */
    @Override
    public boolean isOutOfMemory() {
        return code == OUT_OF_MEMORY && call.startsWith("cu") && !call.startsWith("cublas");
    }

    /** Whether the context is broken: everything on the device is lost, and only a new process helps. */
    @Override
    public boolean isDeviceLost() {
        return STICKY.contains(code) && !call.startsWith("cublas");
    }
}
